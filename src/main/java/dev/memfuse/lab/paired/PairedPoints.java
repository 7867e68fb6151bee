package dev.memfuse.lab.paired;

import java.util.Arrays;
import java.util.stream.IntStream;

import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Means;

/// Compares a share of two arms, such as Recall@10, by the values of their paired blocks or questions.
///
/// The estimate is the mean of the paired differences, with Student's interval: shares are bounded, and most
/// differences are equal, so that ranks say little. Immutable.
public final class PairedPoints {
    private static final double POINTS = 100;

    private final double[] differences;

    private PairedPoints(double[] differences) {
        this.differences = differences;
    }

    /// Prepares the comparison of paired shares.
    ///
    /// @param a shares of arm A, 0..1, one a pair
    /// @param b shares of arm B, of the same pairs
    /// @throws IllegalArgumentException when the numbers of values differ or a value is no share
    public static PairedPoints of(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("Both arms must have the same pairs.");
        }
        if (!Arrays.stream(a).allMatch(PairedPoints::share) || !Arrays.stream(b).allMatch(PairedPoints::share)) {
            throw new IllegalArgumentException("A share must be within 0..1.");
        }
        return new PairedPoints(IntStream.range(0, a.length).mapToDouble(i -> POINTS * (b[i] - a[i])).toArray());
    }

    private static boolean share(double value) {
        return value >= 0 && value <= 1;
    }

    /// Returns the difference in points with the decision.
    ///
    /// @param margin smallest difference that matters, in points, for instance 1
    /// @param alpha maximum probability of a false alarm, for instance 0.05
    public PointsEstimate estimate(double margin, double alpha) {
        int pairs = differences.length;
        Interval interval = Means.interval(differences, alpha);
        if (!interval.bounded()) {
            return new PointsEstimate(interval.estimate(), interval.low(), interval.high(), 1,
                    "none: an interval takes at least 2 pairs", pairs, Decision.NOT_ENOUGH, 2 - pairs);
        }
        double noise = Means.deviation(differences);
        Decision decision = Decision.of(interval.estimate(), interval.low(), interval.high(), margin,
                Direction.HIGHER_IS_BETTER);
        PairedDifferences paired = new PairedDifferences(interval, Means.pValue(differences), "mean, Student's t",
                noise);
        return new PointsEstimate(interval.estimate(), interval.low(), interval.high(), paired.pValue(),
                paired.method(), pairs, decision, paired.pairsNeeded(decision, pairs, margin, alpha));
    }
}
