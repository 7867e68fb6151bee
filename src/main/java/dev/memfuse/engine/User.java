package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// A user, who owns all other data. Every read and write names one.
///
/// @param name unique
public record User(UUID id, String name, Instant createdAt) {}
