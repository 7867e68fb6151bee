package dev.memfuse.engine.journal;

import java.time.Duration;
import java.util.Optional;

/// The journal at one instant.
///
/// @param backlogEntries rounds that are not released
/// @param backlogBytes their size in the journal
/// @param oldestAge of the oldest of them; zero when there is none
/// @param diskBytes of the segments, used or preallocated; without the quarantine
/// @param poisoned why nothing is acknowledged until a restart; empty when all is well
/// @param appended entries acknowledged since the journal was opened
/// @param released rounds released since it was opened
/// @param force latency of forcing a group to the disk
public record JournalStatus(long backlogEntries, long backlogBytes, Duration oldestAge, long diskBytes,
        Optional<String> poisoned, long appended, long released, ForceLatency force) {

    /// Latency in the last finished interval of about a second; zeros when nothing was forced in it.
    ///
    /// @param count forces in the interval
    public record ForceLatency(long count, Duration p50, Duration p99, Duration max) {
        static final ForceLatency NONE = new ForceLatency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
