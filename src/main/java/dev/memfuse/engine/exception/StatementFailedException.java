package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when storage answered a statement with an error.
public class StatementFailedException extends EngineException {
    private final boolean ofContent;

    /// @param ofContent whether storage refused the content, so that each repetition of the statement fails too
    public StatementFailedException(String message, String detail, @Nullable Throwable cause, boolean ofContent) {
        super(message, detail, cause);
        this.ofContent = ofContent;
    }

    /// Returns whether storage refused the content of the statement, so that each repetition fails too. False for a
    /// failure of the server, the connection, a privilege or the schema.
    public boolean isOfContent() {
        return ofContent;
    }
}
