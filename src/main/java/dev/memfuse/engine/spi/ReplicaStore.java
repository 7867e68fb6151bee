package dev.memfuse.engine.spi;

import java.util.UUID;
import java.util.function.Supplier;

/// Reads that a replica of the database may answer, where one is configured. Thread-safe.
public interface ReplicaStore {

    /// Runs reads of a user that may come from a replica. They contain what was written through the same storage
    /// before; what other programs wrote may be missing for 5 s. Only for answers to callers, never for a check before
    /// a write.
    ///
    /// @param reads calls of ports that read this user
    <T> T reading(UUID userId, Supplier<T> reads);
}
