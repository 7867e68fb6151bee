package dev.memfuse.engine.words;

import java.util.LinkedHashSet;
import java.util.Set;

/// Beginnings and ends of words in the scripts without blanks: a dictionary takes a compound for one word, and a
/// question may name only a part of it, as "rice" in the Lao word for "to eat rice".
final class WordParts {
    /// Maximum number of characters of a word that has parts.
    private static final int MAX_LENGTH = 24;

    private WordParts() {}

    /// Returns whether a dictionary found the word.
    static boolean hasParts(String word) {
        int first = word.codePointAt(0);
        return first >= 0xE00 && switch (Character.UnicodeScript.of(first)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /// Returns the proper beginnings and ends of a word, never between a letter and its marks.
    static Set<String> of(String word) {
        Set<String> parts = new LinkedHashSet<>();
        if (word.length() <= MAX_LENGTH) {
            for (int i = word.offsetByCodePoints(0, 1); i < word.length(); i += Character
                    .charCount(word.codePointAt(i))) {
                if (!isMark(word.codePointAt(i))) {
                    parts.add(word.substring(0, i));
                    parts.add(word.substring(i));
                }
            }
        }
        return parts;
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
