package dev.memfuse.lab.trial;

import java.time.Duration;

/// The expected time to the end of an experiment: that of the plan until the first part has ended, then by the mean
/// time of a part. Within a part it only falls. Immutable.
///
/// @param parts parts that have ended: pairs, blocks or loads
/// @param atNanos end of the last of them, since the start
public record TimeLeft(int parts, long atNanos) {
    /// No part has ended.
    public static final TimeLeft START = new TimeLeft(0, 0);

    /// Returns the time left, 0 or more.
    ///
    /// @param planned expected time of all parts, by the plan
    /// @param total number of parts
    /// @param elapsedNanos time since the start
    public Duration of(Duration planned, int total, long elapsedNanos) {
        return of(planned, total, Duration.ZERO, elapsedNanos);
    }

    /// Returns the time left, 0 or more, of an experiment that does other work after its last part.
    ///
    /// @param planned expected time of everything, by the plan
    /// @param total number of parts
    /// @param after expected time of the work after the last part
    /// @param elapsedNanos time since the start
    public Duration of(Duration planned, int total, Duration after, long elapsedNanos) {
        Duration left = parts == 0
                ? planned.minusNanos(elapsedNanos)
                : Duration.ofNanos(atNanos / parts).multipliedBy(total - parts).plus(after)
                        .minusNanos(elapsedNanos - atNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
