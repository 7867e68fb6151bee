package dev.memfuse.bench.harness;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/// Arrivals at random, on average so many per second, whatever the answers take (open loop): a call that cannot begin
/// when it should, since the one before still runs, has its wait in its latency. One thread.
public final class PoissonPace implements Candidate.Pace {
    private final double perSecond;
    private final SplittableRandom random;
    private final Histogram lateness;
    private long next = System.nanoTime();

    /// @param lateness takes how late calls began that could have begun in time, which is the clock's fault
    public PoissonPace(double perSecond, SplittableRandom random, Histogram lateness) {
        this.perSecond = perSecond;
        this.random = random;
        this.lateness = lateness;
    }

    @Override
    public long next(long end) {
        next += Math.round(-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        long early = next - System.nanoTime();
        if (early <= 0 || next >= end) {
            return next;
        }
        for (long left = early; left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        lateness.recordValue(System.nanoTime() - next);
        return next;
    }
}
