package dev.memfuse.engine.exception;

import org.jspecify.annotations.Nullable;

/// Thrown when a call would change a database that is open read-only. Nothing was changed, and a repetition fails too
/// until the database is opened for writing.
public final class ReadOnlyException extends EngineException {
    /// The reason and the remedy.
    public static final String SENTENCE = "The database is open read-only, so nothing in it can be changed. Connect to "
            + "it without read-only on the Database page, or start without postgres.read_only.";

    public ReadOnlyException() {
        this("", null);
    }

    /// @param detail state that explains the failure; may be empty
    public ReadOnlyException(String detail, @Nullable Throwable cause) {
        super(SENTENCE, detail, cause);
    }
}
