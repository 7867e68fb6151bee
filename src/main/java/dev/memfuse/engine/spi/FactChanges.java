package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.Fact;

/// What new statements change in the facts of a user.
///
/// @param revision of the facts the decision was made about
/// @param added new facts; one that tells of an older state may be superseded from the start
/// @param merged facts that were said again
/// @param superseded facts that a newer one contradicts
public record FactChanges(long revision, List<Fact> added, List<Merge> merged, List<Supersession> superseded) {
    public FactChanges {
        added = List.copyOf(added);
        merged = List.copyOf(merged);
        superseded = List.copyOf(superseded);
    }

    /// A fact that was said again.
    ///
    /// @param messageIds where; those it has already are left out
    /// @param confidence the new confidence, 0..1
    public record Merge(UUID factId, List<UUID> messageIds, double confidence) {}

    /// A fact that does not hold any more.
    ///
    /// @param factId the older fact
    /// @param byFactId the newer fact
    /// @param from since when the newer one holds
    public record Supersession(UUID factId, UUID byFactId, Instant from) {}
}
