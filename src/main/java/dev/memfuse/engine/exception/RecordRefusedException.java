package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when a record cannot be imported. The whole import is rolled back.
public final class RecordRefusedException extends InvalidValueException {
    private final long recordNumber;

    /// @param recordNumber number of the record in its import, from 1; 0 when no single record is the cause
    public RecordRefusedException(long recordNumber, String message, String detail, @Nullable Throwable cause) {
        super(cause instanceof InvalidValueException invalid ? invalid.field() : "", message, detail, cause);
        this.recordNumber = recordNumber;
    }

    /// Returns the number of the record in its import, from 1; 0 when no single record is the cause.
    public long recordNumber() {
        return recordNumber;
    }
}
