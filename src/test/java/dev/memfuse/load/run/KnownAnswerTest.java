package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.shape.Shape;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.slice.LatencySlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Loads on a target that answers at once, except for one stall of a tenth of the run in its middle.
@Tag("timing")
final class KnownAnswerTest {
    private static final double RATE = 1_000;

    private final Loads loads = new Loads();

    @AfterEach
    void end() {
        loads.close();
    }

    /// Every operation that would run during the stall waits until its end.
    private LoadResult run(Arrival arrival, Duration duration) {
        Workload workload = new Workload(3, arrival, duration, Duration.ZERO, Loads.QUERIES, 5, 5, 42,
                Optional.empty()).withThresholds(
                        List.of(Threshold.parse("query.p95 < " + duration.toMillis() / 50 + " ms")));
        long stall = duration.toNanos() / 10;
        long[] end = {0};
        loads.engine.inside = word -> {
            long until;
            synchronized (end) {
                if (end[0] == 0) {
                    end[0] = System.nanoTime() + 5 * stall;
                }
                until = end[0];
            }
            for (long left = until - System.nanoTime(); word.equals("query") && left > 0 && left <= stall; left = until
                    - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
        return loads.service.start(workload).result().orTimeout(40, TimeUnit.SECONDS).join();
    }

    private static OperationResult query(LoadResult result) {
        return Objects.requireNonNull(result.operations().get("query"));
    }

    /// Runs again while the machine itself stood still, since the answer is known for the stall alone. The last of five
    /// runs counts in any case.
    private LoadResult undisturbed(Duration duration, double longestPauseMs) {
        Arrival arrival = new Arrival.Open(ArrivalProcess.CONSTANT, new Shape.Steady(RATE), 5_000);
        LoadResult result = run(arrival, duration);
        for (int again = 0; again < 4 && pauseMs(result) > longestPauseMs; again++) {
            result = run(arrival, duration);
        }
        return result;
    }

    private static double pauseMs(LoadResult result) {
        return Double.parseDouble(Objects.requireNonNull(result.environment().get("longest_pause_ms")));
    }

    /// The operations due in the stall wait its whole length to nothing. They are a tenth of all, so the percentile p
    /// is (p - 90) / 10 of the stall from p90 on, and the mean a twentieth of it.
    private void stallOfAnOpenRun(Duration duration) {
        double stall = duration.toMillis() / 10.0;

        LoadResult result = undisturbed(duration, 0.03 * stall);

        OperationResult query = query(result);
        assertEquals(duration.toMillis(), result.arrival().scheduled());
        assertEquals(duration.toMillis(), query.count());
        assertEquals(0.5 * stall, query.latencyMs().p95(), 0.06 * stall, () -> "p95 of " + query.latencyMs());
        assertEquals(0.9 * stall, query.latencyMs().p99(), 0.06 * stall, "p99");
        assertEquals(0.99 * stall, query.latencyMs().p999(), 0.06 * stall, "p99.9");
        assertEquals(stall, query.latencyMs().max(), 0.08 * stall, "max");
        assertEquals(0.05 * stall, query.latencyMs().mean(), 0.015 * stall, "mean");
        assertTrue(query.latencyMs().p50() < 0.05 * stall, "p50 " + query.latencyMs());
        assertTrue(!result.thresholds().getFirst().kept(), result.thresholds().toString());
    }

    @Test
    void aStallShowsInEveryPercentileOfAnOpenRun() {
        stallOfAnOpenRun(Duration.ofSeconds(3));
    }

    @Test
    void theChartsHaveTheLatencyFromTheScheduleOfAnOpenRunAndNoneOfAClosedOne() {
        try (Sampler _ = new Sampler(loads.hub, () -> 20, _ -> {}, Clock.systemUTC())) {
            Duration duration = Duration.ofSeconds(2);
            OperationResult query = query(
                    run(new Arrival.Open(ArrivalProcess.CONSTANT, new Shape.Steady(RATE), 5_000), duration));
            await("all calls in the slices", () -> scheduled().count() == query.count());

            assertEquals(query.latencyMs().p99(), scheduled().nanosAt(99) / 1e6, 0.02 * query.latencyMs().p99());
            assertEquals(query.latencyMs().max(), scheduled().max() / 1e6, 0.01 * query.latencyMs().max());
            run(new Arrival.Closed(1, Duration.ofMillis(1)), Duration.ofSeconds(1));
            int slices = loads.hub.slices().all().size();
            await("a slice after the closed run", () -> loads.hub.slices().all().size() > slices);
            assertEquals(query.count(), scheduled().count());
        }
    }

    private LatencySlice scheduled() {
        return LatencySlice.merge(loads.hub.slices().all().stream()
                .map(slice -> slice.operation(Operation.QUERY).scheduled()).toList());
    }

    @Test
    @Tag("slow")
    void aStallOfASecondShowsInEveryPercentileOfTenSeconds() {
        stallOfAnOpenRun(Duration.ofSeconds(10));
    }

    @Test
    void aClosedRunHidesTheStallAndSaysSo() {
        LoadResult result = run(new Arrival.Closed(1, Duration.ofMillis(1)), Duration.ofSeconds(3));

        OperationResult query = query(result);
        assertTrue(query.count() > 500, query.toString());
        // One operation of many waited: no percentile up to p99 shows it.
        assertTrue(query.latencyMs().p99() < 100, query.latencyMs().toString());
        assertEquals(300, query.latencyMs().max(), 30);
        assertTrue(result.thresholds().getFirst().kept(), result.thresholds().toString());
        assertTrue(result.warnings().stream().anyMatch(text -> text.startsWith("Closed model: ")
                && text.contains("stall")), result.warnings().toString());
    }
}
