package dev.memfuse.engine.model.language;

import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// The language model gave no usable answer. The message is a sentence for the user.
public class LanguageModelException extends EngineException {
    public LanguageModelException(String message, @Nullable Throwable cause) {
        super(message, "", cause);
    }
}
