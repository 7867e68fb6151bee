package dev.memfuse.load.corpus;

import java.util.List;

/// What one user says over a longer time, with questions whose evidence is known; possibly too long to be held in
/// memory.
///
/// @param id name within its data set
/// @param turns of all sessions
/// @param sessions in the order they took place; may be made one by one, the same each time
/// @param questions in no order
public record Haystack(String id, long turns, Iterable<CorpusSession> sessions, List<Question> questions) {
    public Haystack {
        questions = List.copyOf(questions);
    }

    /// The haystack of a conversation.
    public static Haystack of(Conversation conversation) {
        return new Haystack(conversation.id(), conversation.messages(), conversation.sessions(),
                conversation.questions());
    }
}
