package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when the database answers and cannot write now, for instance because its disk is full. The same call may
/// succeed later; the data are unaffected.
public final class WriteRefusedException extends StorageUnavailableException {
    public WriteRefusedException(String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
    }
}
