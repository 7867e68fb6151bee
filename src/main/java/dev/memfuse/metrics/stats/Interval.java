package dev.memfuse.metrics.stats;

import java.util.function.DoubleUnaryOperator;

/// An estimate with its confidence interval, in the unit of the estimate.
///
/// @param estimate the estimate; NaN when there is none
/// @param low lower bound; negative infinity when the data give none
/// @param high upper bound; positive infinity when the data give none
public record Interval(double estimate, double low, double high) {
    /// Returns an estimate whose uncertainty the data do not bound.
    public static Interval unbounded(double estimate) {
        return new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /// Returns whether both bounds are finite.
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /// Returns whether a value lies between the bounds, bounds included.
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /// Returns half the distance between the bounds.
    public double halfWidth() {
        return (high - low) / 2;
    }

    /// Returns the interval with an increasing function applied to the estimate and the bounds.
    public Interval map(DoubleUnaryOperator increasing) {
        return new Interval(increasing.applyAsDouble(estimate), increasing.applyAsDouble(low),
                increasing.applyAsDouble(high));
    }
}
