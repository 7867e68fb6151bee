package dev.memfuse.engine.retrieval;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Name before a colon at the beginning of a turn, as transcripts and group chats have it: "Ada: I moved to Rome."
/// Labels are in lower case.
final class SpeakerLabel {
    private static final Pattern LABEL = Pattern
            .compile("(\\p{Lu}[\\p{L}\\p{M}'.-]{0,29}(?: \\p{Lu}[\\p{L}\\p{M}'.-]{0,29})?):\\s");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private SpeakerLabel() {}

    /// Returns the label of a text; empty when it has none.
    static Optional<String> of(String text) {
        Matcher matcher = LABEL.matcher(text);
        return matcher.lookingAt() ? Optional.of(words(matcher.group(1))) : Optional.empty();
    }

    /// Returns the words of a text in lower case, separated by blanks.
    private static String words(String text) {
        return BETWEEN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /// Finds labels in one question.
    static final class Finder {
        private final String words;

        Finder(String question) {
            words = " " + SpeakerLabel.words(question) + " ";
        }

        /// Returns whether the question has the words of a label.
        boolean names(String label) {
            return words.contains(" " + label + " ");
        }
    }
}
