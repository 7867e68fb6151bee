package dev.memfuse.load.corpus;

import java.util.List;

/// The texts of a load.
///
/// @param name one line for the user: where the texts come from
/// @param conversations at least one; users beyond their number share them in turn
public record Corpus(String name, List<Conversation> conversations) {
    public Corpus {
        conversations = List.copyOf(conversations);
        if (conversations.isEmpty()) {
            throw new CorpusException("%s holds no conversation.".formatted(name));
        }
    }

    /// The conversation of a user, by the user's number from 0.
    public Conversation of(int user) {
        return conversations.get(user % conversations.size());
    }

    /// Messages of all conversations.
    public int messages() {
        return conversations.stream().mapToInt(Conversation::messages).sum();
    }
}
