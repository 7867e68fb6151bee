package dev.memfuse.load.corpus;

import org.jspecify.annotations.Nullable;

/// Thrown when texts cannot be used. The message names the file and the problem, for the user.
public final class CorpusException extends IllegalArgumentException {
    public CorpusException(String message) {
        super(message);
    }

    public CorpusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
