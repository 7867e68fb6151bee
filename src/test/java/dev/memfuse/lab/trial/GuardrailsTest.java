package dev.memfuse.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The limits that end an experiment, on loads of an engine with known behaviour.
class GuardrailsTest {
    private static final MemFuseConfig MEMORY = config("buffer.bypass_mode=false", "buffer.durability=memory");
    private static final MemFuseConfig BYPASS = config("buffer.bypass_mode=true");

    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false");

    @AfterEach
    void close() {
        loads.close();
    }

    private static MemFuseConfig config(String... settings) {
        return new ConfigLoader().withOverrides(List.of(settings)).load();
    }

    private ArmReading reading(Workload.Mix mix, Consumer<String> inside) {
        ArmReading reading = new ArmReading();
        reading.add(measurement(mix, inside));
        return reading;
    }

    /// Returns what a load measured, with latencies around a value in place of its own: those of a real load have stalls
    /// of the machine in them.
    private ArmReading reading(OperationKind kind, long millis) {
        Histogram latencies = new Histogram(3);
        for (int call = 0; call < 20_000; call++) {
            latencies.recordValue(TimeUnit.MILLISECONDS.toNanos(millis) + TimeUnit.MICROSECONDS.toNanos(call % 100));
        }
        RunMeasurement load = measurement(Loads.ADDS, taking(1));
        ArmReading reading = new ArmReading();
        reading.add(new RunMeasurement(load.workload(), load.result(), load.recording(), Map.of(kind, latencies),
                load.services(), load.lag(), load.cost()));
        return reading;
    }

    private RunMeasurement measurement(Workload.Mix mix, Consumer<String> inside) {
        loads.engine.inside = inside;
        AtomicReference<RunMeasurement> measured = new AtomicReference<>();
        try (LoadReservation reserved = loads.service.reserve("test")) {
            Loads.result(reserved.start(Loads.closed(16, mix, Duration.ZERO, Duration.ofMillis(300)), measured::set));
        }
        return Objects.requireNonNull(measured.get());
    }

    private static Consumer<String> taking(long millis) {
        return _ -> {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
    }

    @Test
    void equalArmsBreakNothing() {
        assertEquals(Optional.empty(), new Guardrails(BYPASS, BYPASS).breach(reading(OperationKind.QUERY, 2),
                reading(OperationKind.QUERY, 2)));
    }

    @Test
    void moreErrorsEndIt() {
        AtomicInteger calls = new AtomicInteger();
        ArmReading failing = reading(Loads.QUERIES, name -> {
            taking(2).accept(name);
            if (name.equals("query") && calls.incrementAndGet() % 5 == 0) {
                throw new EngineException("broken on purpose");
            }
        });

        String breach = new Guardrails(BYPASS, BYPASS).breach(reading(Loads.QUERIES, taking(2)), failing).orElseThrow();

        assertTrue(breach.startsWith("errors rose from 0.0 % to "), breach);
    }

    @Test
    void anExhaustedPoolEndsIt() {
        ArmReading exhausted = reading(Loads.QUERIES, name -> {
            taking(2).accept(name);
            loads.hub.leaseTimedOut(TimeUnit.SECONDS.toNanos(1));
        });

        String breach = new Guardrails(BYPASS, BYPASS).breach(reading(Loads.QUERIES, taking(2)), exhausted)
                .orElseThrow();

        assertTrue(breach.startsWith("the pool was exhausted: "), breach);
    }

    @Test
    void slowerAddsAreNotHeldAgainstASaferAcknowledgement() {
        ArmReading fast = reading(OperationKind.ADD, 1);
        ArmReading slow = reading(OperationKind.ADD, 4);

        assertEquals(Optional.empty(), new Guardrails(MEMORY, BYPASS).breach(fast, slow));
        String breach = new Guardrails(BYPASS, BYPASS).breach(fast, slow).orElseThrow();
        assertTrue(breach.startsWith("add p99 is 3."), breach);
    }

    @Test
    void slowerQueriesEndItOnlyBeyondTwiceTheReference() {
        ArmReading fast = reading(OperationKind.QUERY, 2);

        assertEquals(Optional.empty(), new Guardrails(BYPASS, BYPASS).breach(fast, reading(OperationKind.QUERY, 4)));
        assertTrue(new Guardrails(MEMORY, BYPASS).breach(fast, reading(OperationKind.QUERY, 5)).orElseThrow()
                .startsWith("query p99 is 2."));
    }

    @Test
    void onlyAFallOfRecallThatIsNoNoiseEndsIt() {
        assertTrue(Guardrails.recall(0.9, 0.85, new PointsEstimate(-5, -7, -3, 0.01, "", 40, Decision.WORSE, 0))
                .orElseThrow().contains("fell from 90.0 % to 85.0 %"));
        assertEquals(Optional.empty(), Guardrails.recall(0.9, 0.85,
                new PointsEstimate(-5, -12, 2, 0.2, "", 40, Decision.NOT_ENOUGH, 40)));
        assertEquals(Optional.empty(), Guardrails.recall(0.9, 0.895,
                new PointsEstimate(-0.5, -0.9, -0.1, 0.01, "", 40, Decision.SAME, 0)));
    }
}
