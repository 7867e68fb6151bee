package dev.memfuse.engine.memory.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Words that begin a sentence without its subject, as in chats: "Went to Oslo last week."
///
/// @param subject words that are missing
/// @param beginning beginning of such sentences
record Elision(String subject, Pattern beginning) {

    /// Returns a sentence with its subject; empty when it has one.
    Optional<String> completed(String sentence) {
        return beginning.matcher(sentence).lookingAt()
                ? Optional.of(subject + " " + sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1))
                : Optional.empty();
    }
}
