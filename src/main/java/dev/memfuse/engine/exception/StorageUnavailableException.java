package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when the database is unreachable. The same call may succeed later; the data are unaffected.
public class StorageUnavailableException extends EngineException {
    public StorageUnavailableException(String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
    }
}
