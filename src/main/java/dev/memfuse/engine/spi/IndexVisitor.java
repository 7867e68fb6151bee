package dev.memfuse.engine.spi;

import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// Visits a user's stored entries: the id of every entry first, then the entries that it needs in full.
public interface IndexVisitor {

    /// Receives the time of the user's last deletion, as of the instant of the entries; called first. See
    /// [ErasureStore].
    void erased(long time);

    /// Returns whether the visitor needs an entry in full. Called once for each stored entry: messages by session and
    /// sequence, then chunks, then facts.
    ///
    /// @param edited time when its text was last replaced, on the clock of [ErasureStore]; [ErasureStore#NEVER] when it
    /// never was
    boolean needs(MemoryLayer layer, UUID id, long edited);

    /// Returns whether the visitor needs an entry whose text was never replaced.
    default boolean needs(MemoryLayer layer, UUID id) {
        return needs(layer, id, ErasureStore.NEVER);
    }

    /// Receives a message that it needs.
    void message(Message message);

    /// Returns whether the visitor needs the vector of a message. Called for each stored vector, after all messages.
    boolean needsVector(UUID messageId);

    /// Receives a vector that it needs.
    ///
    /// @param model name of the model that made it
    void vector(UUID messageId, float[] vector, String model);

    /// Receives a chunk that it needs, after the messages of the chunk.
    void chunk(Chunk chunk);

    /// Receives a fact that it needs, after the messages of the fact.
    void fact(Fact fact);
}
