package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes numbers of claims in one form: counts up to twelve as English words, ages as digits.
final class Numerals {
    private static final List<String> WORDS = List.of("no", "one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen");
    private static final List<String> TENS = List.of("", "ten", "twenty", "thirty", "forty", "fifty", "sixty",
            "seventy", "eighty", "ninety");
    private static final int MAX_WORD = 12;
    /// Counts from two on in the other languages with rules.
    private static final List<List<String>> OTHER_WORDS = List.of(
            List.of("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
            List.of("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
            List.of("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
            List.of("二", "三", "四", "五", "六", "七", "八", "九", "十"), List.of("两"));
    private static final Map<String, String> SINGULARS = Map.ofEntries(Map.entry("children", "child"),
            Map.entry("kids", "child"), Map.entry("kid", "child"), Map.entry("grandchildren", "grandchild"),
            Map.entry("stepchildren", "stepchild"), Map.entry("puppies", "puppy"), Map.entry("hens", "chicken"),
            Map.entry("sheep", "sheep"), Map.entry("fish", "fish"), Map.entry("twins", "twins"));
    private static final Pattern TENS_AND_ONES = Pattern.compile("([a-z]+ty)(?:[- ]([a-z]+))?");

    private Numerals() {}

    /// Returns a value of an attribute with its number in the form of that attribute.
    static String normalized(String attribute, String value) {
        if (attribute.startsWith("number of ") && value.matches("\\d{1,2}")) {
            int count = Integer.parseInt(value);
            return count <= MAX_WORD ? WORDS.get(count) : value;
        }
        if (attribute.startsWith("number of ")) {
            return OTHER_WORDS.stream().map(words -> words.indexOf(value)).filter(at -> at >= 0)
                    .map(at -> WORDS.get(at + 2)).findFirst().orElse(value.equals("一") ? "one" : value);
        }
        return attribute.equals("age") ? digits(value) : value;
    }

    /// Returns the singular of a counted noun.
    static String singular(String noun) {
        String known = SINGULARS.get(noun);
        return known != null ? known : noun.replaceFirst("s$", "");
    }

    private static String digits(String value) {
        int small = WORDS.indexOf(value);
        if (small >= 0) {
            return Integer.toString(small);
        }
        Matcher words = TENS_AND_ONES.matcher(value);
        if (words.matches() && TENS.contains(words.group(1))) {
            String ones = words.group(2);
            return Integer.toString(TENS.indexOf(words.group(1)) * 10 + (ones == null ? 0 : WORDS.indexOf(ones)));
        }
        return value;
    }
}
