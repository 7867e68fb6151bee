package dev.memfuse.metrics.stats;

import java.util.function.IntPredicate;

/// Number of pairs that a decision takes at the noise and the difference seen so far.
///
/// Noise and differences are on one scale, for ratios that of the logarithm. The arithmetic is that of Student's test
/// with the noise as the standard deviation of a pair, taken from the width of the rank test's own [interval][#noise].
/// It is a plan, not a promise: [ResampledPower] is exact for outliers. Source: Noether, *Sample Size Determination for
/// Some Common Nonparametric Tests*, JASA 82 (1987).
public final class PairPower {
    /// The power for which pairs are planned: the probability that a difference of the planned size is shown.
    public static final double PLANNED = 0.8;

    private PairPower() {}

    /// Returns the noise of a pair from the interval of an estimate over pairs: the standard deviation of normal
    /// differences whose mean has an interval of this width.
    ///
    /// @param interval bounded
    /// @param pairs number of pairs, at least 2
    /// @param achievedAlpha probability that the interval misses the true value
    public static double noise(Interval interval, int pairs, double achievedAlpha) {
        return interval.halfWidth() * Math.sqrt(pairs) / Means.t(1 - achievedAlpha / 2, pairs - 1.0);
    }

    /// Returns the smallest true difference that the pairs show with the stated probability; infinity for fewer pairs
    /// than an interval needs.
    ///
    /// @param pairs number of pairs, at least 2
    static double smallestDifference(double noise, int pairs, double alpha, double power) {
        if (pairs < HodgesLehmann.smallestSample(alpha)) {
            return Double.POSITIVE_INFINITY;
        }
        double degrees = pairs - 1.0;
        return noise / Math.sqrt(pairs) * (Means.t(1 - alpha / 2, degrees) + Means.t(power, degrees));
    }

    /// Returns the number of pairs in total that show a true difference with the stated probability.
    ///
    /// @param limit returned when that many pairs are not enough
    public static int pairsFor(double noise, double difference, double alpha, double power, int limit) {
        return smallest(alpha, limit, pairs -> smallestDifference(noise, pairs, alpha, power) <= Math.abs(difference));
    }

    /// Returns the number of pairs in total whose interval lies within `-margin..margin` with the stated probability,
    /// at a true difference within it.
    ///
    /// @param limit returned when that many pairs are not enough
    public static int pairsForSame(double noise, double difference, double margin, double alpha, double power,
            int limit) {
        double room = margin - Math.abs(difference);
        // At no difference both sides can fail; the nearer side alone matters when the difference is not small.
        double side = 1 - (1 - power) / 2;
        return smallest(alpha, limit, pairs -> smallestDifference(noise, pairs, alpha, side) <= room);
    }

    private static int smallest(double alpha, int limit, IntPredicate enough) {
        int low = Math.max(1, HodgesLehmann.smallestSample(alpha) - 1);
        int high = limit;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (enough.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
