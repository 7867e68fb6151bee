package dev.memfuse.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

/// A message to be added. The id is made by the client, so that adding it again after an unclear failure stores it once.
///
/// @param id UUIDv7
/// @param content at least one character
/// @param createdAt when it was said
public record NewMessage(UUID id, Role role, String content, Instant createdAt) {
    public NewMessage {
        Objects.requireNonNull(id);
        Objects.requireNonNull(role);
        Objects.requireNonNull(createdAt);
        if (content.isEmpty()) {
            throw new IllegalArgumentException("A message needs at least one character.");
        }
    }

    /// A message with a new id, said now.
    public static NewMessage of(Role role, String content) {
        return new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), role, content, Instant.now());
    }
}
