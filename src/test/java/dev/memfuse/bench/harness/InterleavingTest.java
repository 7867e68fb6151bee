package dev.memfuse.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.engine.exception.EngineException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class InterleavingTest {
    private static final int ROUNDS = 10;

    private final BenchWatch watch = new BenchWatch(_ -> {}, Duration.ZERO);

    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }

    @Test
    void candidatesAlternateInSlicesAndTheFirstOneChanges() throws InterruptedException {
        List<String> ended = new ArrayList<>();
        Candidate one = Candidate.of("one", List.of(() -> {
            pause();
            return 2;
        })).afterEachSlice(_ -> ended.add("one"));
        Candidate other = Candidate.of("other", List.of(() -> {
            pause();
            return 1;
        })).afterEachSlice(_ -> ended.add("other"));

        List<SliceStats> stats = new Interleaving(Duration.ZERO, Duration.ofMillis(100), ROUNDS, watch)
                .run(List.of(one, other));

        assertEquals(List.of("one", "other", "one", "other", "other", "one", "one", "other"), ended.subList(0, 8),
                "a warm-up of each, then the first one changes");
        assertEquals(2 * (1 + ROUNDS), ended.size());
        BenchReport.Row row = SliceStats.row("both", stats.getFirst(), stats.getLast()).orElseThrow();
        assertEquals(2 * row.engine().calls(), stats.getFirst().items(), "the items that calls return are counted");
        BenchReport.Ratio ratio = Objects.requireNonNull(row.ratio());
        assertTrue(ratio.slices() > 0 && ratio.slices() <= ROUNDS, ratio.toString());
        assertTrue(ratio.min() <= ratio.median() && ratio.median() <= ratio.max(), ratio.toString());
    }

    @Test
    void failedCallsAreErrorsWithoutLatency() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        Candidate failing = Candidate.of("failing", List.of(() -> {
            pause();
            if (calls.incrementAndGet() % 2 == 0) {
                throw new EngineException("no");
            }
            return 1;
        }));

        SliceStats stats = new Interleaving(Duration.ZERO, Duration.ofMillis(100), ROUNDS, watch).run(List.of(failing))
                .getFirst();

        BenchReport.Side side = stats.side();
        assertEquals(side.calls(), stats.items());
        assertEquals(side.calls(), side.latency().count());
        assertEquals(calls.get(), side.calls() + side.errors());
        assertTrue(side.errors() > 0);
    }

    @Test
    void aStoppedRunKeepsItsCompleteSlices() throws InterruptedException {
        AtomicInteger slices = new AtomicInteger();
        Candidate stopping = Candidate.of("stopping", List.of(() -> {
            pause();
            return 1;
        })).afterEachSlice(_ -> {
            if (slices.incrementAndGet() == 4) {
                watch.stop();
            }
        });

        SliceStats stats = new Interleaving(Duration.ZERO, Duration.ofMillis(100), ROUNDS, watch).run(List.of(stopping))
                .getFirst();

        assertEquals(4, slices.get(), "nothing runs after the stop");
        assertTrue(stats.items() > 0, "the slices before it count");
    }

    @Test
    void theDrainCountsAsPartOfTheTimeOfTheSlice() throws InterruptedException {
        List<Double> seconds = new ArrayList<>();
        Candidate draining = Candidate.of("draining", List.of(() -> {
            pause();
            return 1;
        })).drainedBy(() -> LockSupport.parkNanos(20_000_000)).afterEachSlice(seconds::add);

        new Interleaving(Duration.ZERO, Duration.ofMillis(10), ROUNDS, watch).run(List.of(draining));

        assertTrue(seconds.stream().allMatch(second -> second >= 0.015), seconds.toString());
    }

    @Test
    void arrivalsKeepTheirScheduleWhenCallsAreSlow() {
        long started = System.nanoTime();
        PoissonPace pace = new PoissonPace(1_000_000, new SplittableRandom(1), new Histogram(3));
        while (System.nanoTime() - started < 50_000_000) {
            pause();
        }

        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            long next = pace.next(Long.MAX_VALUE);
            assertTrue(next >= last, "in order");
            last = next;
        }
        assertTrue(last - started < 50_000_000, "a thousand arrivals at a million per second are overdue");
    }
}
