package dev.memfuse.engine.spi;

import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// Creation of users from records. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface ImportStore {

    /// Creates a user from records in one transaction; see [MemoryEngine#importUser].
    User run(@Nullable String name, Supplier<Stream<UserRecord>> records);
}
