package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when the engine refuses a value, before anything is acknowledged or stored. The message names the field, says
/// what is wrong with its value and what to do; it never repeats a text.
public class InvalidValueException extends EngineException {
    private final String field;

    /// @param field name of the field, for instance `messages[3].content`; empty when no single field is the cause
    /// @param message a sentence for the user
    public InvalidValueException(String field, String message) {
        this(field, message, "", null);
    }

    /// @param field name of the field; empty when no single field is the cause
    public InvalidValueException(String field, String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
        this.field = field;
    }

    /// Returns the name of the field, for instance `messages[3].content`; empty when no single field is the cause.
    public final String field() {
        return field;
    }
}
