package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.exception.EngineException;

/// Stored vectors, for re-embedding with another model. Thread-safe; every method blocks; every
/// statement names the user. Failures are [EngineException]s.
public interface VectorStore {

    /// Returns the number of vectors of other models by user, without users that have none, in one statement. Reads
    /// across users.
    ///
    /// @param chunkModel name as stored with the vectors of chunks
    /// @param factModel name as stored with the vectors of facts
    Map<UUID, Long> countStale(String chunkModel, String factModel);

    /// Returns texts whose vector is not of this model, newest first.
    ///
    /// @param below restricts to smaller ids; the last id of the previous page
    /// @param limit maximum number of texts
    List<StaleVector> stale(UUID userId, DerivedLayer layer, String model, Optional<UUID> below, int limit);

    /// Replaces vectors in one transaction. Ids that no longer exist are ignored.
    ///
    /// @param vectors by the id of their chunk or fact
    void replace(UUID userId, DerivedLayer layer, String model, Map<UUID, float[]> vectors);

    /// A stored text with a vector of another model.
    ///
    /// @param id of the chunk (M1) or fact (M2)
    /// @param messageIds source messages
    /// @param before text of the previous message of the session; empty when there is none, and for facts
    record StaleVector(UUID id, List<UUID> messageIds, String content, String before) {}
}
