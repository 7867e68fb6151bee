package dev.memfuse.target;

/// What the polling of a target costs.
///
/// @param perSecond polls in the last second
/// @param roundTrips calls over the network in the last second
/// @param p50Nanos median time of a poll, over at most the last 600
/// @param p99Nanos 99th percentile of the time of a poll
/// @param skipped polls that were left out since the start of the session, because the one before lasted too long
public record PollCost(int perSecond, int roundTrips, long p50Nanos, long p99Nanos, long skipped) {
    /// Nothing was polled yet.
    public static final PollCost NONE = new PollCost(0, 0, 0, 0, 0);
}
