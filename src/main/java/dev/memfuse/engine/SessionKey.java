package dev.memfuse.engine;

import java.util.UUID;

/// Identity of a session. It includes the user, so that no statement can access data of another user.
public record SessionKey(UUID userId, UUID sessionId) {}
