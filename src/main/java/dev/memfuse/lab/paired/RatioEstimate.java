package dev.memfuse.lab.paired;

import java.util.Locale;

/// The ratio of a metric of arm B to that of arm A, with its interval and the decision that follows.
///
/// @param ratio B divided by A; NaN when there is no pair, or a value of 0 leaves no ratio
/// @param low lower bound of the interval; 0 when there are too few pairs for one
/// @param high upper bound of the interval; positive infinity when there are too few pairs for one
/// @param pValue two-sided p value of the hypothesis that the ratio is 1, not corrected for other metrics
/// @param method name of the method that made the interval, in words
/// @param pairs number of pairs
/// @param decision B against A
/// @param pairsNeeded pairs to add until a decision is likely (80 %) at the noise and the ratio seen; 0 when it is
///         decided, [#NO_END] when no practical number is enough
public record RatioEstimate(double ratio, double low, double high, double pValue, String method, int pairs,
        Decision decision, int pairsNeeded) {
    /// The value of `pairsNeeded` above which more pairs are no way to a decision.
    public static final int NO_END = 10_000;

    /// Method of a metric that is 0 in every block of both arms.
    static final String ALL_ZERO = "every value is 0";

    /// Returns the estimate without its decision, for a comparison whose problems forbid it.
    public RatioEstimate undecided() {
        return new RatioEstimate(ratio, low, high, pValue, method, pairs, Decision.NOT_ENOUGH, pairsNeeded);
    }

    /// Returns whether the pairs were tested at all: a metric that is always 0, as the calls of a model that is not
    /// used, is no test that a correction for their number counts.
    public boolean tested() {
        return pairs > 0 && !method.equals(ALL_ZERO);
    }

    /// Returns whether the pairs were enough for an interval.
    public boolean bounded() {
        return low > 0 && Double.isFinite(high);
    }

    /// Returns the ratio with its interval, for people: `0.41x [0.38, 0.45]`; a dash when there is no ratio.
    public String print() {
        if (Double.isNaN(ratio)) {
            return "–";
        }
        return bounded()
                ? String.format(Locale.ROOT, "%.2fx [%.2f, %.2f]", ratio, low, high)
                : String.format(Locale.ROOT, "%.2fx", ratio);
    }
}
