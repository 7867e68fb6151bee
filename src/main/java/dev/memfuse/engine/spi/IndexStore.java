package dev.memfuse.engine.spi;

import java.util.UUID;

import dev.memfuse.engine.exception.EngineException;

/// Reads of all entries of a user, for an index. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface IndexStore {

    /// Reports a user's stored entries to `visitor`, as of one instant.
    void read(UUID userId, IndexVisitor visitor);
}
