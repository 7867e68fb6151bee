package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import dev.memfuse.engine.spi.ErasureStore;

/// Result of ranking: identities and scores.
///
/// @param entries best first
/// @param searched number of entries that were ranked
/// @param byWordsAlone number of those without a vector score
/// @param erased time of the user's last deletion that an index had applied, see [ErasureStore]; empty when the
///        database ranked
public record Ranking(List<ScoredEntry> entries, int searched, int byWordsAlone, OptionalLong erased) {

    /// Returns the ids of the facts by hand.
    public List<UUID> byHand() {
        return entries.stream().filter(ScoredEntry::isByHand).map(ScoredEntry::id).toList();
    }

    /// Returns the id of the first source message of each entry that has one, without repetitions.
    public List<UUID> messageIds() {
        return entries.stream().filter(entry -> !entry.isByHand())
                .map(entry -> entry.sources().getFirst()).distinct().toList();
    }
}
