package dev.memfuse.load.corpus;

import java.time.Instant;
import java.util.List;

import dev.memfuse.engine.Role;

/// One session of a conversation.
///
/// @param name short name, unique in the conversation
/// @param turns in chronological order, at least one
public record CorpusSession(String name, List<Turn> turns) {
    public CorpusSession {
        turns = List.copyOf(turns);
    }

    /// One message of a session.
    ///
    /// @param text at least one character
    /// @param at time of the message
    public record Turn(Role role, String text, Instant at) {}
}
