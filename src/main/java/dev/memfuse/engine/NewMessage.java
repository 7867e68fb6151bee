package dev.memfuse.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

/// A message to add. The client generates the id, so that a repetition after an uncertain failure stores the message
/// once.
///
/// @param id UUIDv7
/// @param content at least one character
/// @param createdAt time of the message
public record NewMessage(UUID id, Role role, String content, Instant createdAt) {
    public NewMessage {
        Objects.requireNonNull(id);
        Objects.requireNonNull(role);
        Objects.requireNonNull(createdAt);
        if (content.isEmpty()) {
            throw new IllegalArgumentException("A message needs at least one character.");
        }
    }

    /// Returns a message with a new id and the current time.
    public static NewMessage of(Role role, String content) {
        return new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), role, content, Instant.now());
    }
}
