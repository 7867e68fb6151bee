package dev.memfuse.engine.spi;

import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// Is shown what is stored of one user: first each id, then what it wants to have in full.
public interface IndexVisitor {

    /// Whether the entry of this id shall be given in full. Called once for everything stored: messages by session and
    /// place, then chunks, then facts.
    boolean wants(MemoryLayer layer, UUID id);

    /// A message that was wanted.
    void message(Message message);

    /// A chunk that was wanted; its messages were shown before.
    void chunk(Chunk chunk);

    /// A fact that was wanted; its messages were shown before.
    void fact(Fact fact);
}
