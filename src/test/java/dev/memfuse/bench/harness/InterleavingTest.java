package dev.memfuse.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.engine.exception.EngineException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class InterleavingTest {
    private final BenchWatch watch = new BenchWatch((_, _) -> {}, Duration.ZERO);

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }

    @Test
    void bothSidesAreMeasuredInTheSameNumberOfSlicesAndWhoBeginsChanges() throws InterruptedException {
        List<String> ended = new ArrayList<>();
        Candidate one = Candidate.of("one", List.of(() -> {
            pause();
            return 2;
        })).then(_ -> ended.add("one"));
        Candidate other = Candidate.of("other", List.of(() -> {
            pause();
            return 1;
        })).then(_ -> ended.add("other"));

        List<SliceStats> tallies = new Interleaving(Duration.ZERO, Duration.ofMillis(100), watch)
                .run(List.of(one, other));

        assertEquals(List.of("one", "other", "one", "other", "other", "one", "one", "other"), ended.subList(0, 8),
                "a warm-up of each, then who begins changes");
        assertEquals(2 * (1 + Interleaving.ROUNDS), ended.size());
        BenchReport.Row row = SliceStats.row("both", tallies.getFirst(), tallies.getLast()).orElseThrow();
        assertEquals(2 * row.engine().calls(), tallies.getFirst().messages(), "what calls say they did is counted");
        BenchReport.Ratio ratio = java.util.Objects.requireNonNull(row.ratio());
        assertTrue(ratio.slices() > 0 && ratio.slices() <= Interleaving.ROUNDS, ratio.toString());
        assertTrue(ratio.min() <= ratio.median() && ratio.median() <= ratio.max(), ratio.toString());
    }

    @Test
    void callsThatFailAreErrorsAndNoLatency() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        Candidate failing = Candidate.of("failing", List.of(() -> {
            pause();
            if (calls.incrementAndGet() % 2 == 0) {
                throw new EngineException("no");
            }
            return 1;
        }));

        SliceStats tally = new Interleaving(Duration.ZERO, Duration.ofMillis(100), watch).run(List.of(failing))
                .getFirst();

        BenchReport.Side side = tally.side();
        assertEquals(side.calls(), tally.messages());
        assertEquals(side.calls(), side.latency().count());
        assertEquals(calls.get(), side.calls() + side.errors());
        assertTrue(side.errors() > 0);
    }

    @Test
    void aRunThatIsStoppedKeepsItsWholeSlices() throws InterruptedException {
        AtomicInteger slices = new AtomicInteger();
        Candidate stopping = Candidate.of("stopping", List.of(() -> {
            pause();
            return 1;
        })).then(_ -> {
            if (slices.incrementAndGet() == 4) {
                watch.stop();
            }
        });

        SliceStats tally = new Interleaving(Duration.ZERO, Duration.ofMillis(100), watch).run(List.of(stopping))
                .getFirst();

        assertEquals(4, slices.get(), "nothing runs after the stop");
        assertTrue(tally.messages() > 0, "the slices before it count");
    }

    @Test
    void whatCountsAfterTheCallersBelongsToTheTimeOfTheSlice() throws InterruptedException {
        List<Double> seconds = new ArrayList<>();
        Candidate draining = Candidate.of("draining", List.of(() -> {
            pause();
            return 1;
        })).counting(() -> java.util.concurrent.locks.LockSupport.parkNanos(20_000_000)).then(seconds::add);

        new Interleaving(Duration.ZERO, Duration.ofMillis(10), watch).run(List.of(draining));

        assertTrue(seconds.stream().allMatch(second -> second >= 0.015), seconds.toString());
    }

    @Test
    void arrivalsKeepTheirScheduleWhateverTheAnswersTake() {
        long begun = System.nanoTime();
        PoissonPace pace = new PoissonPace(1_000_000, new SplittableRandom(1), new Histogram(3));
        while (System.nanoTime() - begun < 50_000_000) {
            pause();
        }

        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            long next = pace.next(Long.MAX_VALUE);
            assertTrue(next >= last, "in order");
            last = next;
        }
        assertTrue(last - begun < 50_000_000, "a thousand at a million per second were due long ago");
    }
}
