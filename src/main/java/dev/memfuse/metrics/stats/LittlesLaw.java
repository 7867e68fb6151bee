package dev.memfuse.metrics.stats;

import java.util.Locale;

/// Little's law at one measured point: the mean number of operations in flight is throughput times mean latency. A
/// disagreement is an error of the measurement, since the law holds for every stable system.
///
/// Source: Little, *A Proof for the Queuing Formula L = lambda W*, Operations Research 9 (1961).
///
/// @param inFlight mean number of operations in flight, measured
/// @param expected throughput times mean latency
/// @param agrees whether the two differ by no more than the tolerance
public record LittlesLaw(double inFlight, double expected, boolean agrees) {
    /// Relative difference that the edges of a run explain.
    public static final double TOLERANCE = 0.1;

    /// Checks the law.
    ///
    /// @param inFlight mean number of operations in flight, 0 or larger
    /// @param perSecond completed operations per second, 0 or larger
    /// @param meanMs mean time that an operation was in flight, in milliseconds, 0 or larger: from the actual start,
    ///         not from the schedule, unless waiting operations count as in flight
    /// @param tolerance relative difference that counts as agreement
    public static LittlesLaw check(double inFlight, double perSecond, double meanMs, double tolerance) {
        double expected = perSecond * meanMs / 1_000;
        double larger = Math.max(inFlight, expected);
        // Without a finite value nothing agrees.
        return new LittlesLaw(inFlight, expected, Math.abs(inFlight - expected) <= tolerance * larger);
    }

    /// Returns the check for the user.
    public String sentence() {
        return String.format(Locale.ROOT, agrees
                ? "Little's law holds: %s operations in flight, throughput times latency is %s."
                : "Little's law does not hold, so that this point is not measured correctly: %s operations in flight,"
                        + " but throughput times latency is %s.",
                Numbers.value(inFlight), Numbers.value(expected));
    }
}
