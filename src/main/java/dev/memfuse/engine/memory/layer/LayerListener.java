package dev.memfuse.engine.memory.layer;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.FactChanges;

/// Is told of what was stored for a user in M1 and M2. Thread-safe, and does not block.
public interface LayerListener {
    /// Chunks were stored.
    void chunks(UUID userId, List<Chunk> chunks);

    /// The facts of a user changed.
    void facts(UUID userId, FactChanges changes);
}
