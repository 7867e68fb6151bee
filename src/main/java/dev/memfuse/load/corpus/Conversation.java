package dev.memfuse.load.corpus;

import java.util.List;

/// A conversation of one user over several sessions.
///
/// @param id name within the corpus, for messages to the user
/// @param sessions in chronological order, at least one, none empty
/// @param questions about the conversation, by ascending [Question#askableFrom]; may be empty
public record Conversation(String id, List<CorpusSession> sessions, List<Question> questions) {
    public Conversation {
        sessions = List.copyOf(sessions);
        questions = List.copyOf(questions);
    }

    /// Returns the number of turns in all sessions.
    public int messages() {
        return sessions.stream().mapToInt(session -> session.turns().size()).sum();
    }
}
