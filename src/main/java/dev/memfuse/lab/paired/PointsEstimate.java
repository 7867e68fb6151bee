package dev.memfuse.lab.paired;

/// The difference of a share between arm B and arm A in percentage points, with its interval and decision.
///
/// @param points B minus A; NaN when there is no pair
/// @param low lower bound of the interval; negative infinity when there are too few pairs for one
/// @param high upper bound of the interval; positive infinity when there are too few pairs for one
/// @param pValue two-sided p value of the hypothesis of no difference, not corrected for other metrics
/// @param method name of the method that made the interval, in words
/// @param pairs number of pairs
/// @param decision B against A; a larger share is better
/// @param pairsNeeded pairs to add until a decision is likely (80 %), as in [RatioEstimate]
public record PointsEstimate(double points, double low, double high, double pValue, String method, int pairs,
        Decision decision, int pairsNeeded) {
    /// Returns whether the share fell by more than a margin: the estimate is below it and the whole interval below 0.
    /// A candidate for which this holds is not better, however fast it is.
    ///
    /// @param margin in points, positive
    public boolean fellBeyond(double margin) {
        return points < -margin && high < 0;
    }

    /// Returns whether the interval excludes a fall by more than a margin.
    ///
    /// @param margin in points, positive
    public boolean keptWithin(double margin) {
        return low >= -margin;
    }
}
