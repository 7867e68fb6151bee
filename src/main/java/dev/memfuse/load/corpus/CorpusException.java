package dev.memfuse.load.corpus;

import org.jspecify.annotations.Nullable;

/// Texts that cannot be used. The message names the file and says what is wrong with it.
public final class CorpusException extends IllegalArgumentException {
    public CorpusException(String message) {
        super(message);
    }

    public CorpusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
