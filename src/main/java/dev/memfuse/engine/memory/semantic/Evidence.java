package dev.memfuse.engine.memory.semantic;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.words.WordForms;

/// Compares the words of two facts, in addition to the similarity of their vectors: vectors differ little between two
/// numbers, and between a sentence and its negation.
final class Evidence {
    private static final Pattern NEGATION = Pattern
            .compile("\\b(?:not|never|no longer|any ?more|don't|doesn't|isn't|didn't|won't|can't|stopped|quit)\\b"
                    + "|n’t\\b");
    private static final Pattern NUMBER = Pattern
            .compile("\\d+(?:[.,]\\d+)*|zero|one|two|three|four|five|six|seven|eight|nine|ten");
    private static final Set<String> STOP_WORDS = Set.of("a", "an", "the", "am", "is", "are", "was", "do", "does",
            "did", "now", "really", "very", "still", "actually");

    private Evidence() {}

    /// Returns whether both have the same words, except for composition, width, case and punctuation.
    static boolean sameWords(Fact one, Fact other) {
        return wordKey(one).equals(wordKey(other));
    }

    /// Returns the words of a fact as one text, which facts with the [same words][#sameWords] share.
    static String wordKey(Fact fact) {
        return String.join(" ", words(fact.content()));
    }

    /// Returns whether the facts differ in claim, numbers, names, negation or time, and so cannot be the same fact.
    static boolean differs(Fact one, Fact other) {
        return claimsDiffer(one, other) || negated(one) != negated(other)
                || !numbers(one.content()).equals(numbers(other.content()))
                || !Set.copyOf(one.entities()).equals(Set.copyOf(other.entities())) || timesDiffer(one, other);
    }

    private static boolean claimsDiffer(Fact one, Fact other) {
        return one.claim().isPresent() && other.claim().isPresent()
                && !one.claim().orElseThrow().equals(other.claim().orElseThrow());
    }

    private static boolean timesDiffer(Fact one, Fact other) {
        return !one.time().happenedAt().equals(other.time().happenedAt());
    }

    /// Returns whether both make the same claim. Of events and appointments, the times are part of it.
    static boolean sameClaim(Fact one, Fact other) {
        return one.claim().isPresent() && one.claim().equals(other.claim())
                && (!isDated(one) || !timesDiffer(one, other));
    }

    /// Returns whether a fact is an event or appointment, whose time is a part of its claim.
    static boolean isDated(Fact fact) {
        return fact.type().equals("temporal")
                || fact.claim().filter(claim -> claim.attribute().matches("(?:event|birth)\\b.*")).isPresent();
    }

    /// Returns whether the facts have the same words with a negation or another number, and so exclude each other. Two
    /// events at stated times never do.
    static boolean excludes(Fact one, Fact other) {
        boolean events = one.time().happenedAt().isPresent() && other.time().happenedAt().isPresent();
        return !events && ((negated(one) != negated(other) && sameCore(one, other)) || otherNumber(one, other));
    }

    private static boolean sameCore(Fact one, Fact other) {
        return core(one.content()).equals(core(other.content()));
    }

    private static boolean otherNumber(Fact one, Fact other) {
        List<String> first = numbers(one.content());
        List<String> second = numbers(other.content());
        return !first.isEmpty() && first.size() == second.size() && !first.equals(second)
                && withoutNumbers(one.content()).equals(withoutNumbers(other.content()));
    }

    private static boolean negated(Fact fact) {
        return NEGATION.matcher(WordForms.caseFolded(fact.content())).find();
    }

    private static Set<String> core(String text) {
        Set<String> words = new HashSet<>(words(NEGATION.matcher(WordForms.caseFolded(text)).replaceAll(" ")));
        words.removeAll(STOP_WORDS);
        return words;
    }

    private static List<String> numbers(String text) {
        return words(text).stream().filter(word -> NUMBER.matcher(word).matches()).toList();
    }

    private static String withoutNumbers(String text) {
        return words(text).stream().map(word -> NUMBER.matcher(word).matches() ? "#" : word)
                .collect(Collectors.joining(" "));
    }

    private static List<String> words(String text) {
        return Arrays.stream(WordForms.caseFolded(text).replace('’', '\'').split("[^\\p{L}\\p{M}\\p{N}']+"))
                .filter(word -> !word.isEmpty()).toList();
    }
}
