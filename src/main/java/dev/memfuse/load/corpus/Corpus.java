package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Locale;

/// The texts of a load.
///
/// @param name source of the texts, one line for the user
/// @param conversations at least one; when there are more users than conversations, users share them
public record Corpus(String name, List<Conversation> conversations) {
    public Corpus {
        conversations = List.copyOf(conversations);
        if (conversations.isEmpty()) {
            throw new CorpusException(String.format(Locale.ROOT, "%s holds no conversation.", name));
        }
    }

    /// Returns the conversation of a user.
    ///
    /// @param user number of the user from 0
    public Conversation of(int user) {
        return conversations.get(user % conversations.size());
    }

    /// Returns the number of messages in all conversations.
    public int messages() {
        return conversations.stream().mapToInt(Conversation::messages).sum();
    }
}
