package dev.memfuse.engine.host;

import dev.memfuse.engine.exception.EngineException;

/// Thrown when the engine does not start, since another program uses the data folder.
public final class EngineInUseException extends EngineException {
    public EngineInUseException(String message) {
        super(message);
    }
}
