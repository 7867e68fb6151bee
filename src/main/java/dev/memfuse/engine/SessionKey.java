package dev.memfuse.engine;

import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.ValueCheck;

/// Identity of a session. It includes the user, so that no statement can access data of another user.
public record SessionKey(UUID userId, UUID sessionId) {

    /// @throws InvalidValueException when an id is null
    public SessionKey {
        ValueCheck.present("userId", userId);
        ValueCheck.present("sessionId", sessionId);
    }
}
