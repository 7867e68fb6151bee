package dev.memfuse.engine.exception;

/// The name is taken.
public final class DuplicateNameException extends EngineException {
    public DuplicateNameException(String message) {
        super(message);
    }
}
