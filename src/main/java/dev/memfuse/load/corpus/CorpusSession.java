package dev.memfuse.load.corpus;

import java.time.Instant;
import java.util.List;

import dev.memfuse.engine.Role;

/// One sitting of a conversation.
///
/// @param name short name, unique in its conversation
/// @param turns in the order they were said, at least one
public record CorpusSession(String name, List<Turn> turns) {
    public CorpusSession {
        turns = List.copyOf(turns);
    }

    /// One message.
    ///
    /// @param text at least one character
    /// @param at when it was said
    public record Turn(Role role, String text, Instant at) {}
}
