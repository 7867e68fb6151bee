package dev.memfuse.lab.compare;

import java.time.Duration;

/// The expected time to the end of a comparison: that of the plan until the first pair has ended, then by the mean time
/// of a pair. Within a pair it only falls. Immutable.
///
/// @param pairs pairs that have ended
/// @param atNanos end of the last of them, since the start
record TimeLeft(int pairs, long atNanos) {
    /// No pair has ended.
    static final TimeLeft START = new TimeLeft(0, 0);

    /// Returns the time left, 0 or more.
    ///
    /// @param elapsedNanos time since the start
    Duration of(ComparisonPlan plan, long elapsedNanos) {
        Duration left = pairs == 0
                ? plan.planned().minusNanos(elapsedNanos)
                : Duration.ofNanos(atNanos / pairs).multipliedBy(plan.pairs() - pairs).plus(plan.recallTime())
                        .minusNanos(elapsedNanos - atNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
