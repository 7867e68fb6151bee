package dev.memfuse.engine.memory.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognizes secrets in texts: keys, tokens, passwords, card numbers. They are kept in the messages, and never become
/// facts or episodes. The patterns are in the file `secrets.patterns`. Thread-safe.
public final class Secrets {
    private static final List<Pattern> PATTERNS = ResourceLines.of("secrets.patterns").stream()
            .map(line -> Pattern.compile(line.substring(line.indexOf(' ') + 1))).toList();
    private static final Pattern CARD = Pattern.compile("(?<![\\d.,-])\\d(?:[ -]?\\d){12,18}(?![\\d-])");
    /// A sentence that names a secret, so that the next one may hold it.
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?iu)\\b(?:pass ?word|pass ?code|pass ?phrase|pin(?: code| number)?|cvv|api[ _-]?key|access[ _-]?key"
                    + "|secret key|access token|auth token|credentials|login|seed phrase|recovery (?:code|phrase)"
                    + "|door code|card number|passwort|kennwort|mot de passe|contrase\u00f1a)\\b"
                    + "|\u30d1\u30b9\u30ef\u30fc\u30c9|\u5bc6\u7801");
    private static final int MAX_ANSWER_WORDS = 6;

    private Secrets() {}

    /// Returns whether a text holds a secret.
    public static boolean isIn(String text) {
        return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(text).find()) || hasCard(text);
    }

    /// Returns the sentences without a secret. A short sentence after one that names a secret is dropped too: it may
    /// be the answer.
    static List<Sentence> without(List<Sentence> sentences) {
        List<Sentence> kept = new ArrayList<>();
        boolean announced = false;
        for (Sentence sentence : sentences) {
            boolean answer = announced && sentence.length() <= MAX_ANSWER_WORDS;
            announced = ANNOUNCED.matcher(sentence.text()).find();
            if (!answer && !isIn(sentence.text())) {
                kept.add(sentence);
            }
        }
        return kept;
    }

    private static boolean hasCard(String text) {
        Matcher digits = CARD.matcher(text);
        while (digits.find()) {
            if (hasCheckDigit(digits.group().replaceAll("\\D", ""))) {
                return true;
            }
        }
        return false;
    }

    /// Returns whether the last digit is the check digit of the others (Luhn, ISO/IEC 7812-1).
    private static boolean hasCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
