package dev.memfuse.console.palette;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Compares typed words with a row. Each word must occur in the row: at the beginning of a word of its title, anywhere
/// in its texts, or as letters of its title in their order ("cmp" for "Compare").
final class FuzzyMatch {
    private static final int WORD_START = 100;
    private static final int INSIDE = 60;
    private static final int DETAIL_START = 50;
    private static final int DETAIL = 30;
    private static final int LETTERS = 20;
    private static final int FIRST_WORD = 10;
    /// Letters of a word may be this far apart at most: more is chance.
    private static final int MAX_SPREAD = 3;

    private final List<String> words;

    /// @param query typed text; words are separated by white space
    FuzzyMatch(String query) {
        words = Stream.of(query.toLowerCase(Locale.ROOT).strip().split("\\s+")).filter(word -> !word.isEmpty())
                .toList();
    }

    /// Returns whether nothing was typed.
    boolean isEmpty() {
        return words.isEmpty();
    }

    /// Returns how well a row matches, higher is better; empty when it does not.
    OptionalInt score(PaletteItem item) {
        String title = item.title().toLowerCase(Locale.ROOT);
        String rest = (item.detail() + " " + item.kind()).toLowerCase(Locale.ROOT);
        int score = 0;
        for (String word : words) {
            int best = Math.max(inTitle(title, word), inRest(rest, word));
            if (best == 0) {
                return OptionalInt.empty();
            }
            score += best;
        }
        return OptionalInt.of(score);
    }

    private static int inTitle(String title, String word) {
        int start = wordStart(title, word);
        if (start >= 0) {
            return WORD_START + (start == 0 ? FIRST_WORD : 0);
        }
        return title.contains(word) ? INSIDE : letters(title, word);
    }

    private static int inRest(String rest, String word) {
        return wordStart(rest, word) >= 0 ? DETAIL_START : rest.contains(word) ? DETAIL : 0;
    }

    private static int wordStart(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return at;
            }
        }
        return -1;
    }

    private static int letters(String title, String word) {
        for (int from = title.indexOf(word.charAt(0)); from >= 0; from = title.indexOf(word.charAt(0), from + 1)) {
            if (follow(title, from, word)) {
                return LETTERS + (from == 0 ? FIRST_WORD : 0);
            }
        }
        return 0;
    }

    private static boolean follow(String title, int from, String word) {
        int at = from;
        for (int letter = 1; letter < word.length(); letter++) {
            int next = title.indexOf(word.charAt(letter), at + 1);
            if (next < 0 || next - at > MAX_SPREAD) {
                return false;
            }
            at = next;
        }
        return true;
    }
}
