package dev.memfuse.bootstrap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.cli.BenchTask;

/// Runs contenders in short slices, in turn, so that drift of the machine meets all of them. Who begins changes from
/// round to round.
///
/// @param warmup of each contender, not counted
/// @param duration counted time of each contender
record Slices(Duration warmup, Duration duration, Watch watch) {
    static final int ROUNDS = 10;

    static Slices of(BenchTask.Options options, Watch watch) {
        return new Slices(options.warmup(), options.duration(), watch);
    }

    /// Planned time of one run with so many contenders.
    static Duration planned(BenchTask.Options options, int contenders) {
        return options.warmup().plus(options.duration()).multipliedBy(contenders);
    }

    /// @return what each did, in their order; a slice that was stopped counts for nothing
    List<Tally> run(List<Contender> contenders) throws InterruptedException {
        List<Tally> tallies = contenders.stream().map(side -> new Tally(side.name())).toList();
        for (Contender side : contenders) {
            slice(side, warmup);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int place = (round + turn) % contenders.size();
                Tally slice = slice(contenders.get(place), duration.dividedBy(ROUNDS));
                if (!watch.stopped()) {
                    tallies.get(place).add(slice);
                }
            }
        }
        return tallies;
    }

    private Tally slice(Contender side, Duration length) throws InterruptedException {
        Tally tally = new Tally(side.name());
        if (watch.stopped()) {
            return tally;
        }
        CountDownLatch done = new CountDownLatch(side.callers().size());
        long started = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Contender.Call caller : side.callers()) {
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

    private void repeat(Contender.Call caller, Contender.Pace pace, long end, Tally tally) {
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
