package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Locale;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;

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

    /// Checks that the engine accepts each message.
    ///
    /// @param maxBytes maximum length of a message in bytes of UTF-8
    /// @throws InvalidValueException when a message is longer
    public void requireAtMost(long maxBytes) {
        for (Conversation conversation : conversations) {
            for (CorpusSession session : conversation.sessions()) {
                for (int i = 0; i < session.turns().size(); i++) {
                    TextCheck.atMost(maxBytes, conversation.id() + ", " + session.name() + "[" + i + "]: \"text\"",
                            session.turns().get(i).text(), "Raise buffer.max_message_bytes, or shorten it.");
                }
            }
        }
    }
}
