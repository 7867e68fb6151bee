package dev.memfuse.engine.memory.semantic;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.engine.words.WordForms;

/// Words by which a fact of a language model is compared with its source: beginnings of words of at least four letters,
/// numbers, and pairs of characters in scripts without spaces. Hiragana is left out: all sentences share its endings.
final class SourceWords {
    private static final int MIN_WORD = 4;
    private static final Set<String> COMMON = Set.of("user", "assi", "that", "this", "with", "from", "have", "they",
            "thei", "will", "were", "been", "when", "what", "thes", "ther", "said", "says", "want", "some");
    private static final String UNSPACED = "\\p{IsHan}\\p{IsKatakana}ー\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}"
            + "\\p{IsMyanmar}";
    private static final Pattern RUN = Pattern.compile("(?<pairs>[" + UNSPACED + "]+)|[\\p{L}\\p{M}\\p{N}&&[^"
            + UNSPACED + "\\p{IsHiragana}]]+");

    private SourceWords() {}

    /// Returns whether a text has one of the words of a source; true for a text without such words, which cannot be
    /// checked.
    static boolean areIn(String text, Set<String> source) {
        Set<String> words = of(text);
        return words.isEmpty() || words.stream().anyMatch(source::contains);
    }

    /// Returns whether a source states the value of a claim that was read in a text. A value that the text writes in
    /// another way cannot be checked.
    static boolean state(String value, String text, Set<String> source) {
        Set<String> words = of(value);
        words.retainAll(of(text));
        return words.isEmpty() || words.stream().anyMatch(source::contains);
    }

    static Set<String> of(String text) {
        return RUN.matcher(WordForms.caseFolded(text)).results()
                .flatMap(run -> run.start("pairs") >= 0 ? pairs(run.group()) : word(run.group()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<String> pairs(String run) {
        return run.length() <= 2
                ? Stream.of(run)
                : IntStream.range(0, run.length() - 1).mapToObj(at -> run.substring(at, at + 2));
    }

    private static Stream<String> word(String run) {
        if (run.chars().allMatch(Character::isDigit)) {
            return Stream.of(run);
        }
        return run.length() < MIN_WORD
                ? Stream.empty()
                : Stream.of(run.substring(0, MIN_WORD)).filter(word -> !COMMON.contains(word));
    }
}
