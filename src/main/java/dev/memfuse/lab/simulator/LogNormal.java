package dev.memfuse.lab.simulator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// A log-normal distribution of latencies, defined by two quantiles. Response times of servers have this shape, with a
/// long right tail.
///
/// @param median median, 0 or more; with 0 all latencies are 0
/// @param p95 95th percentile, at least the median
public record LogNormal(Duration median, Duration p95) {
    /// The 0.95 quantile of the standard normal distribution.
    private static final double Z95 = 1.6448536269514722;

    public LogNormal {
        if (median.isNegative() || p95.compareTo(median) < 0) {
            throw new IllegalArgumentException("The median must be 0 or more, and p95 at least the median.");
        }
    }

    /// Draws a latency.
    public Duration sample(RandomGenerator random) {
        if (median.isZero()) {
            return Duration.ZERO;
        }
        double sigma = Math.log((double) p95.toNanos() / median.toNanos()) / Z95;
        return Duration.ofNanos(Math.round(median.toNanos() * Math.exp(sigma * random.nextGaussian())));
    }
}
