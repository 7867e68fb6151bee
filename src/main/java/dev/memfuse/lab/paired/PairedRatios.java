package dev.memfuse.lab.paired;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.PairPower;
import dev.memfuse.metrics.stats.ResampledPower;

/// Compares a metric of two arms by the values of their paired blocks.
///
/// The values are one number a block: a percentile of its latencies, its throughput, its cost per operation. The
/// estimate is the Hodges-Lehmann estimate of the paired differences of the logarithms; a ratio is its exponential.
/// Immutable.
public final class PairedRatios {
    private static final RatioEstimate NO_PAIR = new RatioEstimate(Double.NaN, 0, Double.POSITIVE_INFINITY, 1,
            "none: there is no pair", 0, Decision.NOT_ENOUGH, 0);

    private static final long SEED = 1;

    private final double[] a;
    private final double[] b;

    private PairedRatios(double[] a, double[] b) {
        this.a = a;
        this.b = b;
    }

    /// Prepares the comparison of paired values.
    ///
    /// @param a values of arm A, one a pair, in the order of time; 0 or larger
    /// @param b values of arm B, of the same pairs
    /// @throws IllegalArgumentException when the numbers of values differ or a value is negative or not finite
    public static PairedRatios of(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "There are %d values of A, but %d of B.", a.length, b.length));
        }
        if (!Arrays.stream(a).allMatch(PairedRatios::valid) || !Arrays.stream(b).allMatch(PairedRatios::valid)) {
            throw new IllegalArgumentException("A value of a block must be finite and not negative.");
        }
        return new PairedRatios(a.clone(), b.clone());
    }

    private static boolean valid(double value) {
        return Double.isFinite(value) && value >= 0;
    }

    /// Returns the ratio of B to A with the decision.
    ///
    /// A metric that is 0 in every block of both arms is the same; with other zeros there is no ratio and no decision.
    ///
    /// @param margin smallest relative difference that matters, for instance 0.03: ratios within `1 / (1 + margin)` and
    ///         `1 + margin` are the same
    /// @param alpha maximum probability of a false alarm, for instance 0.05
    public RatioEstimate estimate(double margin, double alpha, Direction direction) {
        int pairs = a.length;
        if (pairs == 0) {
            return NO_PAIR;
        }
        if (Arrays.stream(a).allMatch(value -> value == 0) && Arrays.stream(b).allMatch(value -> value == 0)) {
            return new RatioEstimate(1, 1, 1, 1, RatioEstimate.ALL_ZERO, pairs, Decision.SAME, 0);
        }
        if (hasZero()) {
            return new RatioEstimate(Double.NaN, 0, Double.POSITIVE_INFINITY, 1, "none: a value of 0 has no ratio",
                    pairs, Decision.NOT_ENOUGH, RatioEstimate.NO_END);
        }
        PairedDifferences logs = PairedDifferences.of(differences(), alpha);
        double logMargin = Math.log1p(margin);
        Decision decision = logs.decision(logMargin, direction);
        Interval ratio = logs.center().map(Math::exp);
        return new RatioEstimate(ratio.estimate(), ratio.low(), ratio.high(), logs.pValue(), logs.method(), pairs,
                decision, logs.pairsNeeded(decision, pairs, logMargin, alpha));
    }

    /// Returns the interval of the ratio by the BCa bootstrap over pairs, a check of the interval of [#estimate]; takes
    /// some tens of milliseconds.
    ///
    /// @throws IllegalStateException when there is no ratio
    public Interval check(double alpha) {
        requireRatios();
        return PairedDifferences.check(differences(), alpha).map(Math::exp);
    }

    /// Returns the smallest difference that pairs with the noise of these can show, as a relative change: 0.04 means
    /// that a ratio of 1.04 is found with a probability of 80 %. For pairs of equal arms (A/A), before a comparison.
    ///
    /// @param pairs number of pairs of the comparison to come
    /// @return 0 or larger; infinity when there are too few pairs, there or here, or a value is 0
    public double smallestDifference(int pairs, double alpha) {
        return a.length < 2 || pairs < 1 || hasZero()
                ? Double.POSITIVE_INFINITY
                : Math.expm1(resampled(pairs, alpha).smallestDifference(PairPower.PLANNED));
    }

    /// Returns the probability that pairs with the noise of these show a true ratio, 0..1. For pairs of equal arms.
    ///
    /// @param pairs number of pairs of the comparison to come
    /// @param ratio true ratio of B to A, positive
    /// @return 0 when there are too few pairs, there or here, or a value is 0
    public double power(int pairs, double ratio, double alpha) {
        return a.length < 2 || pairs < 1 || hasZero() ? 0 : resampled(pairs, alpha).at(Math.log(ratio));
    }

    private ResampledPower resampled(int pairs, double alpha) {
        return ResampledPower.of(differences(), pairs, alpha, SEED);
    }

    /// Returns the ratio of B to A of each pair, in the order of time.
    ///
    /// @throws IllegalStateException when a value is 0
    public double[] ratios() {
        requireRatios();
        return IntStream.range(0, a.length).mapToDouble(i -> b[i] / a[i]).toArray();
    }

    private void requireRatios() {
        if (a.length == 0 || hasZero()) {
            throw new IllegalStateException("There is no ratio: no pair, or a value of 0.");
        }
    }

    private boolean hasZero() {
        return IntStream.range(0, a.length).anyMatch(i -> a[i] == 0 || b[i] == 0);
    }

    double[] differences() {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.log(b[i]) - Math.log(a[i])).toArray();
    }
}
