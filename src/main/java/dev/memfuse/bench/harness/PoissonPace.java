package dev.memfuse.bench.harness;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/// Poisson arrivals at a mean rate, independent of the duration of the calls (open loop): a call that starts late
/// because the previous one is still running has the delay in its latency. One thread.
public final class PoissonPace implements Candidate.Pace {
    private final double perSecond;
    private final SplittableRandom random;
    private final Histogram lateness;
    private long next = System.nanoTime();

    /// @param perSecond mean rate, more than 0
    /// @param random source of the gaps
    /// @param lateness receives the delay in nanoseconds of calls that no earlier call held up: the error of the clock
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
