package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.EngineException;

/// Vectors of messages that no chunk of M1 covers. A message whose round M1 has chunked, or is going to, has none.
/// Thread-safe; every method blocks. Failures are [EngineException]s.
public interface MessageVectorStore {

    /// Returns the number of messages without a vector of a model by user, without users that have none. Reads across
    /// users.
    Map<UUID, Long> countMissing(String model);

    /// Returns messages without a vector of a model, newest first.
    ///
    /// @param below restricts to smaller ids; the last id of the previous page
    /// @param limit maximum number of messages
    List<Unembedded> missing(UUID userId, String model, Optional<UUID> below, int limit);

    /// Returns those of some messages that have no vector of a model; unknown ids are left out.
    List<Unembedded> missing(UUID userId, String model, Collection<UUID> messageIds);

    /// Stores vectors of messages; replaces those of other models. Messages that no longer exist, or whose text is
    /// another one by now, are left out.
    ///
    /// @return ids of the messages whose vectors were stored
    Set<UUID> store(UUID userId, String model, Map<Unembedded, float[]> vectors);

    /// A message without a vector.
    ///
    /// @param before text of the previous message of the session; empty when there is none
    record Unembedded(UUID id, String content, String before) {}
}
