package dev.memfuse.metrics.stats;

/// The difference of two proportions of the same things, for instance of the questions that each arm answered.
///
/// Source: Bonett and Price, *Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on
/// Paired Data*, J. Educ. Behav. Stat. 37 (2012): keeps its coverage for few discordant pairs, none included.
public final class PairedProportions {
    private PairedProportions() {}

    /// Returns the share of B minus that of A, -1..1, with its interval.
    ///
    /// @param onlyA number of things true in A alone
    /// @param onlyB number of things true in B alone
    /// @param total number of all things, positive
    /// @param alpha probability that the interval misses the true difference, 0..1 exclusive
    public static Interval difference(long onlyA, long onlyB, long total, double alpha) {
        if (total < 1 || onlyA < 0 || onlyB < 0 || onlyA + onlyB > total) {
            throw new IllegalArgumentException("The counts do not fit together.");
        }
        double size = total + 2.0;
        double a = (onlyA + 1) / size;
        double b = (onlyB + 1) / size;
        double half = Means.z(1 - alpha / 2) * Math.sqrt((a + b - (b - a) * (b - a)) / size);
        return new Interval((double) (onlyB - onlyA) / total, Math.max(-1, b - a - half), Math.min(1, b - a + half));
    }
}
