package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// An AI agent of a user.
///
/// @param name unique among the user's agents
public record Agent(UUID userId, UUID id, String name, Instant createdAt) {}
