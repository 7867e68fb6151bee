package dev.memfuse.engine;

import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.ValueCheck;

/// A new text and role for a message that is in memory. The message keeps its id, its place in the session and its
/// time.
///
/// @param id of the message
/// @param content at least one character; limited like that of a [NewMessage]
public record MessageChange(UUID id, Role role, String content) {

    /// @throws InvalidValueException when a component is null or the content is empty; [MemoryEngine#updateMessages]
    /// checks the rest
    public MessageChange {
        ValueCheck.present("id", id);
        ValueCheck.present("role", role);
        if (ValueCheck.present("content", content).isEmpty()) {
            throw new InvalidValueException("content", "content is empty. A message needs at least one character.");
        }
    }
}
