package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// A conversation of one user with one agent.
///
/// @param name unique among the user's sessions
public record Session(SessionKey key, UUID agentId, String name, Instant createdAt) {}
