package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// The engine could not do what was asked. The message is a sentence for the user; [#detail] helps who looks closer.
public class EngineException extends RuntimeException {
    private final String detail;

    public EngineException(String message, String detail, @Nullable Throwable cause) {
        super(message, cause);
        this.detail = detail;
    }

    public EngineException(String message) {
        this(message, "", null);
    }

    /// State that explains the failure, for instance of the pool; may be empty.
    public String detail() {
        return detail;
    }
}
