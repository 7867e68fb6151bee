package dev.memfuse.engine.exception;

/// The user has no such user, agent, session or message.
public final class NotFoundException extends EngineException {
    public NotFoundException(String message) {
        super(message);
    }
}
