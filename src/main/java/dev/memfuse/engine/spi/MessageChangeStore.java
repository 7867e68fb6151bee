package dev.memfuse.engine.spi;

import java.util.List;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.ErasureStore.Erasure;

/// Changes of stored messages. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface MessageChangeStore {

    /// Replaces text and role of messages of a session, in one transaction: what was derived from the former texts is
    /// removed, and the layers of their rounds are queued again. Changes nothing when one of the messages is missing.
    ///
    /// @param changes at least one, with different ids
    Replacement replace(SessionKey session, List<MessageChange> changes);

    /// Replaced messages.
    ///
    /// @param messages as they are now, in any order; empty when one is missing
    /// @param erasure the removal of the former texts
    record Replacement(List<Message> messages, Erasure erasure) {}
}
