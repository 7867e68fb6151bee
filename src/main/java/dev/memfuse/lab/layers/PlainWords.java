package dev.memfuse.lab.layers;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Words of a text for comparisons, in lower case and without accents. Numbers stay whole: `1.80`, `50,000`.
final class PlainWords {
    private static final Pattern WORD = Pattern.compile("\\d+(?:[.,:]\\d+)*\\p{L}*|[\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern UNSPACED = Pattern.compile(
            ".*[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}].*");
    private static final int CONTENT_LETTERS = 4;
    private static final Set<String> FUNCTION_WORDS = Set.of("about", "again", "also", "always", "been", "because",
            "come", "could", "does", "doing", "from", "have", "here", "into", "just", "know", "like", "made", "make",
            "more", "much", "only", "over", "really", "should", "some", "such", "than", "that", "their", "them", "then",
            "there", "these", "they", "thing", "things", "this", "those", "very", "want", "well", "went", "were",
            "what", "when", "where", "which", "while", "will", "with", "would", "your", "yours", "youre", "that's",
            "thanks", "thank", "hello", "good", "great", "yeah", "wow");

    private PlainWords() {}

    /// Returns a text in lower case, without accents and of usual width.
    static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /// Returns the words in their order.
    static List<String> of(String text) {
        return WORD.matcher(plain(text)).results().map(MatchResult::group).toList();
    }

    /// Returns the different words that carry content: longer ones that are no function words.
    static Set<String> content(String text) {
        Set<String> words = new LinkedHashSet<>(of(text));
        words.removeIf(word -> word.length() < CONTENT_LETTERS || FUNCTION_WORDS.contains(word));
        return words;
    }

    /// Returns whether a word belongs to a script that is written without blanks.
    static boolean isUnspaced(String word) {
        return UNSPACED.matcher(word).matches();
    }
}
