package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.Fact;

/// Changes to the facts of a user.
///
/// @param revision revision of the facts on which the changes are based
/// @param added new facts; one about an earlier time may be superseded from the start
/// @param merged facts that were stated again
/// @param superseded facts that a newer one contradicts
/// @param conflicts pairs of facts that contradict each other, neither of which replaces the other
public record FactChanges(long revision, List<Fact> added, List<Merge> merged, List<Supersession> superseded,
        List<Conflict> conflicts) {
    public FactChanges {
        added = List.copyOf(added);
        merged = List.copyOf(merged);
        superseded = List.copyOf(superseded);
        conflicts = List.copyOf(conflicts);
    }

    /// A fact that was stated again.
    ///
    /// @param messageIds additional source messages; those of the fact are ignored
    /// @param confidence new confidence, 0..1
    public record Merge(UUID factId, List<UUID> messageIds, double confidence) {}

    /// A fact that is no longer valid.
    ///
    /// @param factId the older fact
    /// @param byFactId the newer fact
    /// @param from start of validity of the newer fact
    public record Supersession(UUID factId, UUID byFactId, Instant from) {}

    /// Two facts that contradict each other. Both are marked.
    public record Conflict(UUID factId, UUID otherId) {}
}
