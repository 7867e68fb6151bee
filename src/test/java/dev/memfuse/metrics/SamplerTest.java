package dev.memfuse.metrics;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.alert.AlertLimits;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
    private final PerformanceMonitor monitor = new PerformanceMonitor(hub,
            () -> new AlertLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0.4, 1));

    private Sampler start() {
        return new Sampler(hub, () -> tunables.get().monitoring().sampleRate(), monitor::evaluate, Clock.systemUTC());
    }

    private void rate(int perSecond) {
        tunables.apply("test", config -> ConfigValues.with(config, "monitoring.sample_rate", perSecond));
    }

    private static List<Double> intervals(SnapshotInbox inbox, int count) {
        List<Double> intervals = new ArrayList<>();
        await("snapshots", () -> {
            for (MetricsSnapshot next = inbox.poll(); next != null; next = inbox.poll()) {
                intervals.add(next.intervalSeconds());
            }
            return intervals.size() >= count;
        });
        return intervals.stream().sorted().toList();
    }

    @Test
    void followsTheSampleRate() {
        rate(20);
        SnapshotInbox inbox = hub.subscribe(100);
        try (Sampler _ = start()) {
            List<Double> fast = intervals(inbox, 9);
            assertEquals(0.05, fast.get(fast.size() / 2), 0.03);

            rate(4);
            intervals(inbox, 1);
            List<Double> slow = intervals(inbox, 3);
            assertEquals(0.25, slow.get(slow.size() / 2), 0.05);
        }
    }

    @Test
    void theProcessorLoadIsThatOfTheSecond() {
        rate(20);
        AtomicBoolean busy = new AtomicBoolean(true);
        Thread.ofPlatform().start(() -> {
            while (busy.get()) {
                Thread.onSpinWait();
            }
        });
        try (Sampler _ = start()) {
            await("a second", () -> hub.history().stream().anyMatch(s -> s.resources().cpu() > 0));
            double load = hub.history().getLast().resources().cpu();
            await("the next second", () -> hub.history().getLast().resources().cpu() != load);
            long seconds = hub.history().getLast().second();
            List<Double> ofOneSecond = hub.history().stream().filter(s -> s.second() == seconds)
                    .map(s -> s.resources().cpu()).distinct().toList();
            assertEquals(1, ofOneSecond.size(), ofOneSecond.toString());
        } finally {
            busy.set(false);
        }
    }

    @Test
    void aPauseOfTheCollectorIsInTheSecondInWhichItWas() {
        rate(20);
        try (Sampler _ = start()) {
            // The thread that measures hiccups is stopped too, except in the pauses that end before it wakes up.
            await("a second with a pause and the hiccup from it", () -> {
                System.gc();
                return hub.history().stream()
                        .anyMatch(s -> s.resources().pauseMillis() > 0 && s.resources().hiccup() > 0);
            });
            await("a slice of that second", () -> hub.slices().all().stream()
                    .anyMatch(slice -> slice.gauge(SliceGauge.COLLECTOR_PAUSES).max() > 0
                            && slice.gauge(SliceGauge.HICCUP).max() > 0));
            await("a second without", () -> hub.history().getLast().resources().pauseMillis() == 0);
        }
    }

    @Test
    void publishesRatesAndPercentilesOfACompleteSecondAndEvaluatesThem() {
        AtomicInteger active = new AtomicInteger(3);
        hub.poolGauges(new PoolGauges() {
            @Override
            public int active() {
                return active.get();
            }
        });
        hub.bufferGauges(() -> new BufferSample(1, 2, 3, 4, 5, 0, 0));
        AtomicInteger letters = new AtomicInteger(1);
        hub.journalGauges(() -> new JournalSample(0, 0, 0, 0, 1, false, false, letters.get()));
        rate(20);
        for (int i = 0; i < 10; i++) {
            hub.end(hub.begin(Operation.ADD), i < 5);
        }
        hub.leased(5_000_000, 7_000_000);
        hub.leaseTimedOut(1_000);
        System.gc();
        try (Sampler _ = start()) {
            await("a complete second", () -> hub.history().stream().anyMatch(s -> !s.operations().isEmpty()));
            MetricsSnapshot snapshot = hub.history().stream().filter(s -> !s.operations().isEmpty()).findFirst()
                    .orElseThrow();

            assertEquals(10, snapshot.operation(Operation.ADD).throughput(), 1);
            assertEquals(5, snapshot.operation(Operation.ADD).errors(), 0.5);
            assertEquals(7_000_000.0, (double) snapshot.pool().holdP99(), 10_000.0);
            assertEquals(1, snapshot.pool().timeouts(), 0.1);
            assertEquals(3, snapshot.pool().active());
            assertEquals(new BufferSample(1, 2, 3, 4, 5, 0, 0), snapshot.buffers());
            assertTrue(snapshot.resources().heapUsed() > 0);
            await("the alert", () -> !monitor.active().isEmpty());

            letters.set(0);
            await("the next second is empty", () -> hub.history().getLast().operations().equals(Map.of()));
            await("the alert ends", () -> monitor.active().isEmpty());
        }
    }

    @Test
    void keepsASliceOfEachSecondWithDistributionsSumsAndWork() {
        hub.poolGauges(new PoolGauges() {
            @Override
            public int active() {
                return 3;
            }
        });
        rate(20);
        for (int i = 0; i < 10; i++) {
            hub.end(hub.begin(Operation.ADD), i < 4);
            hub.scheduledLatency(Operation.ADD, 250_000_000, 1);
        }
        hub.leased(5_000_000, 7_000_000);
        hub.leaseTimedOut(9_000_000);
        try (Sampler _ = start()) {
            hub.work().add(Work.STATEMENTS, 42);
            await("two slices", () -> hub.slices().all().size() >= 2);
        }
        MetricsSlice slice = hub.slices().all().getFirst();
        MetricsSlice next = hub.slices().all().get(1);

        assertEquals(10, slice.operation(Operation.ADD).latency().count());
        assertEquals(4, slice.operation(Operation.ADD).errors());
        assertEquals(250e6, (double) slice.operation(Operation.ADD).scheduled().nanosAt(50), 3e6);
        assertEquals(10, slice.calls());
        assertEquals(2, slice.pool().waits().count());
        assertEquals(1, slice.pool().timeouts());
        assertEquals(7e6, (double) slice.pool().holds().max(), 1e4);
        assertEquals(42, slice.work().of(Work.STATEMENTS));
        assertEquals(3, slice.gauge(SliceGauge.ACTIVE).mean());
        assertEquals(1, slice.seconds(), 0.2);
        assertEquals(slice.to(), next.from());
        assertEquals(0, next.calls(), "a second takes nothing of the one before");
        assertEquals(0, next.work().of(Work.STATEMENTS));
        assertEquals(Map.of(), next.operations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OutOfMemoryError", "AssertionError", "LinkageError"})
    void aGaugeThatFailsEndsNeitherTheSamplerNorTheOtherGauges(String failure) {
        hub.journalGauges(() -> {
            Error cause = failure.equals("OutOfMemoryError")
                    ? new OutOfMemoryError("gauge")
                    : failure.equals("AssertionError") ? new AssertionError("gauge") : new LinkageError("gauge");
            throw cause;
        });
        hub.poolGauges(new PoolGauges() {
            @Override
            public int active() {
                throw new IllegalStateException("pool");
            }

            @Override
            public int idle() {
                return 1;
            }

            @Override
            public int waiting() {
                return 1;
            }

            @Override
            public int limit() {
                return 1;
            }
        });
        AtomicInteger rounds = new AtomicInteger();
        hub.bufferGauges(() -> new BufferSample(rounds.incrementAndGet(), 0, 0, 0, 0, 0, 0));
        rate(20);
        try (Sampler _ = start()) {
            await("later values of the sound gauge",
                    () -> hub.history().stream().anyMatch(snapshot -> snapshot.buffers().round() > 10));
        }
        assertTrue(
                BackgroundHealth.problems().stream().anyMatch(problem -> problem.startsWith("metrics-sampler: pool")),
                BackgroundHealth.problems().toString());
    }

    @Test
    void aListenerThatFailsDoesNotEndTheSampler() {
        AtomicInteger seconds = new AtomicInteger();
        rate(4);
        try (Sampler _ = new Sampler(hub, () -> tunables.get().monitoring().sampleRate(), _ -> {
            seconds.incrementAndGet();
            throw new StackOverflowError();
        }, Clock.systemUTC())) {
            await("a second call of the listener", () -> seconds.get() >= 2);
        }
    }
}
