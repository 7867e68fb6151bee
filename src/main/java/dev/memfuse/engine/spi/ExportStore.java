package dev.memfuse.engine.spi;

import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.UserRecord;

/// Reads of all records of a user. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface ExportStore {

    /// Reads every record of a user, as of one instant, in a stable order; see [MemoryEngine#exportUser].
    ///
    /// @throws NotFoundException when there is no such user
    void read(UUID userId, Consumer<UserRecord> each);
}
