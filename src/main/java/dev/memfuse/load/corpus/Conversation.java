package dev.memfuse.load.corpus;

import java.util.List;

/// What one user says over a longer time.
///
/// @param id name within its corpus, for messages to the user
/// @param sessions in the order they took place, at least one, none empty
/// @param questions about what was said, by ascending [Question#askableFrom]; may be empty
public record Conversation(String id, List<CorpusSession> sessions, List<Question> questions) {
    public Conversation {
        sessions = List.copyOf(sessions);
        questions = List.copyOf(questions);
    }

    /// Number of turns in all sessions.
    public int messages() {
        return sessions.stream().mapToInt(session -> session.turns().size()).sum();
    }
}
