package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Set;

/// A sentence with its words.
///
/// @param text as it was written, without space around it
/// @param words in order, punctuation included
public record Sentence(String text, List<Word> words) {
    private static final Set<String> VERBS = Set.of("VERB", "AUX");

    /// A word.
    ///
    /// @param tag its kind, as Universal Dependencies names it: `PROPN`, `VERB`, `NUM`, …
    public record Word(String text, String tag) {
        boolean is(String kind) {
            return tag.equals(kind);
        }
    }

    public Sentence {
        words = List.copyOf(words);
    }

    /// Whether it asks.
    public boolean question() {
        return text.endsWith("?");
    }

    /// Whether something is or happens in it.
    boolean hasVerb() {
        return words.stream().anyMatch(word -> VERBS.contains(word.tag()));
    }

    /// Words without punctuation.
    long length() {
        return words.stream().filter(word -> !word.is("PUNCT") && !word.is("SYM")).count();
    }
}
