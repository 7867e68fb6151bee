package dev.memfuse.engine.journal;

import java.time.Duration;
import java.util.Optional;

/// State of the journal at one instant.
///
/// @param backlogEntries number of rounds that are not released
/// @param backlogBytes size of these rounds in the journal
/// @param oldestAge age of the oldest of them; zero when there is none
/// @param diskBytes size of the segments, used and preallocated, without the quarantine
/// @param failure failure after which the journal acknowledges nothing until a restart; empty without one
/// @param appended number of entries acknowledged since the journal was opened
/// @param released number of rounds released since the journal was opened
/// @param force latency of forcing a group of entries to the disk
public record JournalStatus(long backlogEntries, long backlogBytes, Duration oldestAge, long diskBytes,
        Optional<String> failure, long appended, long released, ForceLatency force) {

    /// Latency in the last finished interval of about a second; zeros when nothing was forced in it.
    ///
    /// @param count number of forces in the interval
    public record ForceLatency(long count, Duration p50, Duration p99, Duration max) {
        static final ForceLatency NONE = new ForceLatency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
