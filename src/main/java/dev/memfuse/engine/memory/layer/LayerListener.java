package dev.memfuse.engine.memory.layer;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.FactChanges;

/// Receives the stored results of M1 and M2. Implementations are thread-safe and do not block.
public interface LayerListener {
    /// Called when chunks of a user were stored.
    void chunks(UUID userId, List<Chunk> chunks);

    /// Called when the facts of a user changed.
    void facts(UUID userId, FactChanges changes);
}
