package dev.memfuse.engine.exception;

/// Thrown when a name is taken.
public final class DuplicateNameException extends EngineException {
    public DuplicateNameException(String message) {
        super(message);
    }
}
