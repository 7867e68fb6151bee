package dev.memfuse.load.corpus;

import java.util.List;

/// A conversation of one user, possibly too long for memory, with questions whose evidence is known.
///
/// @param id name within the data set
/// @param turns number of turns in all sessions
/// @param sessions in chronological order; may be generated one by one, equal in each iteration
/// @param questions in no particular order
public record Haystack(String id, long turns, Iterable<CorpusSession> sessions, List<Question> questions) {
    public Haystack {
        questions = List.copyOf(questions);
    }

    /// Returns the haystack without its turns, which memory need not hold once they are stored.
    public Haystack withoutSessions() {
        return new Haystack(id, turns, List.of(), questions);
    }

    /// Returns a conversation as a haystack.
    public static Haystack of(Conversation conversation) {
        return new Haystack(conversation.id(), conversation.messages(), conversation.sessions(),
                conversation.questions());
    }
}
