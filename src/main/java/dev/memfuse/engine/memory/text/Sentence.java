package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Set;

/// A sentence and its words.
///
/// @param text original text without surrounding white space
/// @param words words in order, including punctuation
public record Sentence(String text, List<Word> words) {
    private static final Set<String> VERBS = Set.of("VERB", "AUX");

    /// A word.
    ///
    /// @param tag part of speech of Universal Dependencies: `PROPN`, `VERB`, `NUM`, …
    public record Word(String text, String tag) {
        /// Returns whether it has a tag.
        boolean is(String other) {
            return tag.equals(other);
        }
    }

    public Sentence {
        words = List.copyOf(words);
    }

    /// Returns whether it is a question.
    public boolean question() {
        return text.endsWith("?");
    }

    /// Returns whether it has a verb.
    boolean hasVerb() {
        return words.stream().anyMatch(word -> VERBS.contains(word.tag()));
    }

    /// Returns the number of words without punctuation.
    long length() {
        return words.stream().filter(word -> !word.is("PUNCT") && !word.is("SYM")).count();
    }
}
