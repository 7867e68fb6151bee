package dev.memfuse.lab.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

import dev.memfuse.metrics.stats.HodgesLehmann;
import dev.memfuse.metrics.stats.Interval;

/// Compares a metric of two arms by the values of their paired blocks.
///
/// The values are one number a block: a percentile of its latencies, its throughput, its cost per operation. The
/// estimate is the Hodges-Lehmann estimate of the paired differences of the logarithms; a ratio is its exponential.
/// Immutable.
public final class PairedRatios {
    private final double[] differences;
    private final boolean positive;
    private final boolean equal;

    private PairedRatios(double[] differences, boolean positive, boolean equal) {
        this.differences = differences;
        this.positive = positive;
        this.equal = equal;
    }

    /// Prepares the comparison of paired values.
    ///
    /// @param a values of arm A, one a pair, in the order of time; 0 or larger
    /// @param b values of arm B, of the same pairs
    /// @throws IllegalArgumentException when the numbers of values differ or a value is negative or not finite
    public static PairedRatios of(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("There are " + a.length + " values of A, but " + b.length + " of B.");
        }
        if (!Arrays.stream(a).allMatch(PairedRatios::valid) || !Arrays.stream(b).allMatch(PairedRatios::valid)) {
            throw new IllegalArgumentException("A value of a block must be finite and not negative.");
        }
        double[] differences = IntStream.range(0, a.length).mapToDouble(i -> Math.log(b[i]) - Math.log(a[i])).toArray();
        boolean positive = Arrays.stream(differences).allMatch(Double::isFinite);
        return new PairedRatios(differences, positive, Arrays.equals(a, b));
    }

    private static boolean valid(double value) {
        return Double.isFinite(value) && value >= 0;
    }

    /// Returns the ratio of B to A with the decision.
    ///
    /// @param margin smallest relative difference that matters, for instance 0.03
    /// @param alpha maximum probability of a false alarm, for instance 0.05
    public RatioEstimate estimate(double margin, double alpha, Direction direction) {
        HodgesLehmann center = HodgesLehmann.of(differences);
        Interval log = center.interval(alpha);
        Decision decision = Decision.of(log.estimate(), log.low(), log.high(), Math.log1p(margin), direction);
        Interval ratio = log.map(Math::exp);
        return new RatioEstimate(ratio.estimate(), ratio.low(), ratio.high(), center.pValue(),
                center.exact() ? "Hodges-Lehmann, exact signed ranks" : "Hodges-Lehmann, normal approximation",
                differences.length, decision, 0);
    }
}
