package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// A conversation of one user with one agent.
///
/// @param name unique among the user's sessions
public record Session(SessionKey key, UUID agentId, String name, Instant createdAt) {
    private static final int SUFFIX = 24;

    /// Returns the name of a session that is created without one.
    public static String generatedName(UUID sessionId) {
        return "session-" + sessionId.toString().substring(SUFFIX);
    }

    /// Returns whether the session was created without a name and not renamed since.
    public boolean isUnnamed() {
        return name.equals(generatedName(key.sessionId()));
    }
}
