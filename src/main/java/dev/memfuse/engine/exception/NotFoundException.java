package dev.memfuse.engine.exception;

/// Thrown when a user, agent, session, round or message does not exist or belongs to another user.
public final class NotFoundException extends EngineException {
    public NotFoundException(String message) {
        super(message);
    }
}
