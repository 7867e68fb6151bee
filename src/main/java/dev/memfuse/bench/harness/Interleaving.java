package dev.memfuse.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.bench.BenchTask;

/// Runs candidates in short slices that alternate, so that drift of the machine affects all of them. The first
/// candidate of a round changes from round to round.
///
/// @param warmup time of each candidate that is not counted
/// @param duration counted time of each candidate
/// @param rounds number of slices of each candidate, at least 1
public record Interleaving(Duration warmup, Duration duration, int rounds, BenchWatch watch) {
    private static final int ROUNDS = 10;
    private static final int QUICK_ROUNDS = 3;

    /// Returns the interleaving that the options describe.
    public static Interleaving of(BenchTask.Options options, BenchWatch watch) {
        return new Interleaving(options.warmup(), options.duration(), rounds(options), watch);
    }

    /// Returns the number of slices of each candidate that the options describe.
    public static int rounds(BenchTask.Options options) {
        return options.extent() == BenchTask.Extent.QUICK ? QUICK_ROUNDS : ROUNDS;
    }

    /// Returns the planned time of one run with a number of candidates.
    public static Duration planned(BenchTask.Options options, int candidates) {
        return options.warmup().plus(options.duration()).multipliedBy(candidates);
    }

    /// Runs the candidates and returns their statistics in the same order. A slice during which the run was stopped is
    /// not counted. Blocks.
    public List<SliceStats> run(List<Candidate> candidates) throws InterruptedException {
        List<SliceStats> totals = candidates.stream().map(candidate -> new SliceStats(candidate.name())).toList();
        for (Candidate candidate : candidates) {
            slice(candidate, warmup);
        }
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < candidates.size(); turn++) {
                int index = (round + turn) % candidates.size();
                SliceStats slice = slice(candidates.get(index), duration.dividedBy(rounds));
                if (!watch.stopped()) {
                    totals.get(index).add(slice);
                }
            }
        }
        return totals;
    }

    private SliceStats slice(Candidate candidate, Duration length) throws InterruptedException {
        SliceStats stats = new SliceStats(candidate.name());
        if (watch.stopped()) {
            return stats;
        }
        CountDownLatch done = new CountDownLatch(candidate.callers().size());
        long started = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Candidate.Call caller : candidate.callers()) {
            threads.add(candidate.threads().newThread(() -> {
                try {
                    repeat(caller, candidate.pace().get(), started + length.toNanos(), stats);
                } finally {
                    done.countDown();
                }
            }));
        }
        threads.forEach(Thread::start);
        done.await();
        candidate.drain().run();
        double seconds = (System.nanoTime() - started) / 1e9;
        stats.end(seconds);
        candidate.afterSlice().accept(seconds);
        watch.passed(length);
        return stats;
    }

    private void repeat(Candidate.Call caller, Candidate.Pace pace, long end, SliceStats stats) {
        for (long start = pace.next(end); start < end && !watch.stopped(); start = pace.next(end)) {
            try {
                int items = caller.run();
                stats.succeeded(System.nanoTime() - start, items);
            } catch (RuntimeException | Error e) {
                stats.failed(e);
            }
        }
    }
}
