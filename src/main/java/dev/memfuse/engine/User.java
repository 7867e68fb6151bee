package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// A user: the owner of everything else. Every read and write names one.
public record User(UUID id, String name, Instant createdAt) {}
