package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.ErasureStore.Erasure;

/// Deletions of messages, sessions and users. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface DeletionStore {

    /// Deletes messages of a session from all layers; unknown ids are ignored.
    Erasure deleteMessages(SessionKey session, Collection<UUID> messageIds);

    /// Deletes a session from all layers.
    Erasure deleteSession(SessionKey session);

    /// Deletes a user with all data.
    DeleteResult deleteUser(UUID userId);
}
