package dev.memfuse.load.generator;

import java.util.SplittableRandom;

import dev.memfuse.load.Workload;
import dev.memfuse.load.shape.RateFunction;

/// The times of the arrivals of one part of an open run, on the clock of [System#nanoTime]: the integral of the rate
/// grows by one unit for each arrival of a constant process, and by an exponentially distributed number for each of a
/// Poisson process. Inverting the integral gives the time, exactly for each rate function and for each change of the
/// rate meanwhile. One thread.
final class ArrivalSchedule {
    private static final double NANOS = 1e9;

    private final RateFunction rate;
    private final Workload.ArrivalProcess process;
    private final SplittableRandom gaps;
    private final long start;
    private double scale;
    /// Seconds after the start at which [#left] was counted.
    private double at;
    /// Units of the scaled integral until the next arrival.
    private double left;

    /// @param rate rate by the seconds since `start`
    /// @param scale factor of the rate, more than 0
    /// @param seed of the gaps of a Poisson process
    ArrivalSchedule(RateFunction rate, double scale, Workload.ArrivalProcess process, long seed, long start) {
        this.rate = rate;
        this.scale = scale;
        this.process = process;
        this.gaps = new SplittableRandom(seed);
        this.start = start;
        // The first of equal gaps is a half one, so that n seconds at a rate r have n * r arrivals, whatever rounds.
        this.left = process == Workload.ArrivalProcess.CONSTANT ? 0.5 : gap();
    }

    private double gap() {
        return process == Workload.ArrivalProcess.CONSTANT ? 1 : -Math.log1p(-gaps.nextDouble());
    }

    /// Returns the time of the next arrival, or `until` when it is not before that.
    long due(long until) {
        double seconds = secondsUntilDue();
        return seconds >= (until - start) / NANOS ? until : start + Math.round(seconds * NANOS);
    }

    private double secondsUntilDue() {
        return Math.max(at, rate.secondsUntil(rate.arrivalsUntil(at) + left / scale));
    }

    /// Goes on to the arrival after the next one.
    void next() {
        at = secondsUntilDue();
        left = gap();
    }

    /// Changes the factor of the rate. What has passed of the gap until `now` stays as it was.
    ///
    /// @param now time of the change, not after the next arrival
    void scale(double factor, long now) {
        if (factor != scale) {
            double passed = Math.max(at, (now - start) / NANOS);
            left = Math.max(0, left - scale * (rate.arrivalsUntil(passed) - rate.arrivalsUntil(at)));
            at = passed;
            scale = factor;
        }
    }
}
