package dev.memfuse.engine;

import java.util.UUID;

/// The identity of a session. It names the user too, so that no statement can leave the user's data.
public record SessionKey(UUID userId, UUID sessionId) {}
