package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// The database cannot be reached now; the same call may succeed later. Nothing is known to be wrong with the data.
public class StorageUnavailableException extends EngineException {
    public StorageUnavailableException(String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
    }
}
