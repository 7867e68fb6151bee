package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryResult.Share;

/// A ranked entry.
///
/// @param id of the message, chunk or fact
/// @param sources ids of the messages it comes from; for a message itself
/// @param content its text; empty for a message, whose text is read with it
/// @param score 0..1
/// @param shares what each signal adds to the score
public record ScoredEntry(MemoryLayer layer, UUID id, List<UUID> sources, Optional<String> content, double score,
        List<Share> shares) {

    /// The same after a second look.
    ScoredEntry scored(double newScore, List<Share> newShares) {
        return new ScoredEntry(layer, id, sources, content, newScore, newShares);
    }
}
