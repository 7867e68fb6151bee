package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.UUID;

/// Result of ranking: identities and scores.
///
/// @param entries best first
/// @param searched number of entries that were ranked
public record Ranking(List<ScoredEntry> entries, int searched) {

    /// Returns the id of the first source message of each entry, without repetitions.
    public List<UUID> messageIds() {
        return entries.stream().map(entry -> entry.sources().getFirst()).distinct().toList();
    }
}
