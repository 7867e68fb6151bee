package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.exception.EngineException;

/// The port to stored vectors, for embedding them again with another model. Thread-safe; every method blocks; every
/// statement names the user. Failures are [EngineException]s.
public interface VectorStore {

    /// How many vectors of a user's layer are not of this model.
    ///
    /// @param model name as stored beside a vector
    long staleVectors(UUID userId, DerivedLayer layer, String model);

    /// Texts whose vector is not of this model, newest first.
    ///
    /// @param below only those with a smaller id: where the portion before ended
    List<StaleVector> staleVectors(UUID userId, DerivedLayer layer, String model, Optional<UUID> below, int limit);

    /// Replaces vectors in one transaction. What was deleted meanwhile is left out.
    ///
    /// @param vectors by the id of their chunk or fact
    void replaceVectors(UUID userId, DerivedLayer layer, String model, Map<UUID, float[]> vectors);

    /// A stored text with a vector of another model.
    ///
    /// @param id of the chunk (M1) or fact (M2)
    /// @param messageIds the messages it holds
    /// @param before the message before it in its session; empty when there is none, and for facts
    record StaleVector(UUID id, List<UUID> messageIds, String content, String before) {}
}
