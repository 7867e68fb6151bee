package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// A record cannot be imported; nothing of its import is left.
public final class RecordRefusedException extends EngineException {
    private final long place;

    /// @param place number of the record in its import, from 1; 0 when no single record is to blame
    public RecordRefusedException(long place, String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
        this.place = place;
    }

    /// Number of the record in its import, from 1; 0 when no single record is to blame.
    public long place() {
        return place;
    }
}
