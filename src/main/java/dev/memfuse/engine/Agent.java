package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// An agent that talks with a user.
public record Agent(UUID userId, UUID id, String name, Instant createdAt) {}
