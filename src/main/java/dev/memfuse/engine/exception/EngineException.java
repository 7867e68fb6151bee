package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Failure of an engine operation. The message is a sentence for the user; [#detail] helps to diagnose the cause.
public class EngineException extends RuntimeException {
    private final String detail;

    public EngineException(String message, String detail, @Nullable Throwable cause) {
        super(message, cause);
        this.detail = detail;
    }

    public EngineException(String message) {
        this(message, "", null);
    }

    /// Returns state that explains the failure, for instance of the connection pool; may be empty.
    public String detail() {
        return detail;
    }
}
