package dev.memfuse.lab.trial;

import java.time.Duration;

/// The expected time to the end of an experiment: that of the plan until the first part has ended, then by the mean
/// time of a part. Within a part it only falls, and stands still once the part takes longer than its time: while it
/// waits for a database that is away, the parts after it come no nearer. Immutable.
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
        Duration part = parts == 0
                ? planned.minus(after).dividedBy(Math.max(1, total))
                : Duration.ofNanos(atNanos / parts);
        Duration rest = after.plus(part.multipliedBy(Math.max(0, total - parts - 1)));
        if (parts >= total) {
            // The work after the last part.
            return notNegative(after.minusNanos(elapsedNanos - atNanos));
        }
        return rest.plus(notNegative(part.minusNanos(elapsedNanos - atNanos)));
    }

    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
