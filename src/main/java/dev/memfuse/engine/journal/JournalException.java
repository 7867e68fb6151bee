package dev.memfuse.engine.journal;

import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// An operation of the journal failed. The entry of a failed append is not acknowledged.
public class JournalException extends EngineException {
    public JournalException(String message, String detail, @Nullable Throwable cause) {
        super(message, detail, cause);
    }

    public JournalException(String message) {
        super(message);
    }
}
