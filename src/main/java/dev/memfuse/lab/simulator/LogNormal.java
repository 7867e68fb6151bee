package dev.memfuse.lab.simulator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// A log-normal distribution of latencies, given by two of its quantiles: the shape that response times of servers have,
/// with a long tail to the right.
///
/// @param median half of the calls are faster
/// @param p95 one of twenty is slower; at least the median
public record LogNormal(Duration median, Duration p95) {
    /// The 0.95 quantile of the standard normal distribution.
    private static final double Z95 = 1.6448536269514722;

    public LogNormal {
        if (median.isNegative() || p95.compareTo(median) < 0) {
            throw new IllegalArgumentException("The median must not be negative, and p95 not below the median.");
        }
    }

    /// One latency.
    public Duration sample(RandomGenerator random) {
        if (median.isZero()) {
            return Duration.ZERO;
        }
        double sigma = Math.log((double) p95.toNanos() / median.toNanos()) / Z95;
        return Duration.ofNanos(Math.round(median.toNanos() * Math.exp(sigma * random.nextGaussian())));
    }
}
