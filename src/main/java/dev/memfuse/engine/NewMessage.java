package dev.memfuse.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.ValueCheck;

/// A message to add. The client generates the id, so that a repetition after an uncertain failure stores the message
/// once.
///
/// @param id UUIDv7
/// @param content at least one character, without U+0000 and unpaired surrogates, at most `buffer.max_message_bytes`
/// @param createdAt time of the message, in the years 1 to 9999; truncated to microseconds, the precision of storage
public record NewMessage(UUID id, Role role, String content, Instant createdAt) {

    /// @throws InvalidValueException when a component is null or the content is empty; [MemoryEngine#addBatch] checks
    /// the rest
    public NewMessage {
        ValueCheck.present("id", id);
        ValueCheck.present("role", role);
        createdAt = ValueCheck.present("createdAt", createdAt).truncatedTo(ChronoUnit.MICROS);
        if (ValueCheck.present("content", content).isEmpty()) {
            throw new InvalidValueException("content", "content is empty. A message needs at least one character.");
        }
    }

    /// Returns a message with a new id and the current time.
    public static NewMessage of(Role role, String content) {
        return new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), role, content, Instant.now());
    }
}
