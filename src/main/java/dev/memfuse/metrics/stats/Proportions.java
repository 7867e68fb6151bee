package dev.memfuse.metrics.stats;

/// The interval of a proportion.
///
/// Source: Wilson, *Probable Inference, the Law of Succession, and Statistical Inference*, JASA 22 (1927): keeps its
/// coverage near 0 and 1 and for few things.
public final class Proportions {
    private Proportions() {}

    /// Returns the share with its interval; NaN, unbounded, when there is nothing.
    ///
    /// @param hits number of things with the property
    /// @param total number of all things
    /// @param alpha probability that the interval misses the true share, 0..1 exclusive
    public static Interval wilson(long hits, long total, double alpha) {
        if (hits < 0 || hits > total) {
            throw new IllegalArgumentException("The counts do not fit together.");
        }
        if (total == 0) {
            return Interval.unbounded(Double.NaN);
        }
        double share = (double) hits / total;
        double z = Means.z(1 - alpha / 2);
        double square = z * z / total;
        double middle = (share + square / 2) / (1 + square);
        double half = z * Math.sqrt(share * (1 - share) / total + square / total / 4) / (1 + square);
        return new Interval(share, Math.max(0, middle - half), Math.min(1, middle + half));
    }
}
