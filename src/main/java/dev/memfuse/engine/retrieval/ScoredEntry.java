package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryResult.Share;

/// An entry with its fused score.
///
/// @param id of the message, chunk or fact
/// @param sources ids of the messages it was derived from, at least one; a message is its own source, and so is a
///        fact by hand
/// @param content text of a chunk or fact; empty for a message, whose text is read from buffers and storage
/// @param score 0..1, the sum of the shares' points
/// @param shares contribution of each signal to the score
public record ScoredEntry(MemoryLayer layer, UUID id, List<UUID> sources, Optional<String> content, double score,
        List<Share> shares) {

    /// Returns whether the entry is a fact by hand, which comes from no message.
    public boolean isByHand() {
        return layer == MemoryLayer.M2 && sources.getFirst().equals(id);
    }

    /// Returns an entry whose score is the sum of its shares.
    static ScoredEntry of(MemoryLayer layer, UUID id, List<UUID> sources, Optional<String> content,
            List<Share> shares) {
        return new ScoredEntry(layer, id, sources, content, shares.stream().mapToDouble(Share::points).sum(), shares);
    }
}
