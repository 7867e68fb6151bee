package dev.memfuse.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.bench.BenchTask;

/// Runs contenders in short slices, in turn, so that drift of the machine meets all of them. Who begins changes from
/// round to round.
///
/// @param warmup of each contender, not counted
/// @param duration counted time of each contender
public record Interleaving(Duration warmup, Duration duration, BenchWatch watch) {
    public static final int ROUNDS = 10;

    public static Interleaving of(BenchTask.Options options, BenchWatch watch) {
        return new Interleaving(options.warmup(), options.duration(), watch);
    }

    /// Planned time of one run with so many contenders.
    public static Duration planned(BenchTask.Options options, int contenders) {
        return options.warmup().plus(options.duration()).multipliedBy(contenders);
    }

    /// @return what each did, in their order; a slice that was stopped counts for nothing
    public List<SliceStats> run(List<Candidate> contenders) throws InterruptedException {
        List<SliceStats> tallies = contenders.stream().map(side -> new SliceStats(side.name())).toList();
        for (Candidate side : contenders) {
            slice(side, warmup);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int place = (round + turn) % contenders.size();
                SliceStats slice = slice(contenders.get(place), duration.dividedBy(ROUNDS));
                if (!watch.stopped()) {
                    tallies.get(place).add(slice);
                }
            }
        }
        return tallies;
    }

    private SliceStats slice(Candidate side, Duration length) throws InterruptedException {
        SliceStats tally = new SliceStats(side.name());
        if (watch.stopped()) {
            return tally;
        }
        CountDownLatch done = new CountDownLatch(side.callers().size());
        long started = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Candidate.Call caller : side.callers()) {
            threads.add(side.threads().newThread(() -> {
                try {
                    repeat(caller, side.pace().get(), started + length.toNanos(), tally);
                } finally {
                    done.countDown();
                }
            }));
        }
        threads.forEach(Thread::start);
        done.await();
        side.counted().run();
        double seconds = (System.nanoTime() - started) / 1e9;
        tally.ended(seconds);
        side.after().accept(seconds);
        watch.passed(length);
        return tally;
    }

    private void repeat(Candidate.Call caller, Candidate.Pace pace, long end, SliceStats tally) {
        for (long begun = pace.next(end); begun < end && !watch.stopped(); begun = pace.next(end)) {
            try {
                int done = caller.run();
                tally.succeeded(System.nanoTime() - begun, done);
            } catch (RuntimeException e) {
                tally.failed(e);
            }
        }
    }
}
