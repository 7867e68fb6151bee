package dev.memfuse.engine.memory.text;

import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Recognizes secrets in texts: keys, tokens, passwords, card numbers. They are kept in the messages, and never become
/// facts or episodes, and are masked in texts for a language model. The patterns are in the file `secrets.patterns`.
/// Thread-safe.
public final class Secrets {
    /// Stands for a secret.
    public static final String MASK = "[secret]";

    private static final Pattern CARD = Pattern.compile("(?<![\\d.,-])\\d(?:[ -]?\\d){12,18}(?![\\d-])");
    /// A sentence that names a secret, so that the next one may hold it.
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?iu)\\b(?:pass ?word|pass ?code|pass ?phrase|pin(?: code| number)?|cvv|api[ _-]?key|access[ _-]?key"
                    + "|secret key|access token|auth token|credentials|login|seed phrase|recovery (?:code|phrase)"
                    + "|(?:door|access|alarm|unlock|security|verification|login|2fa) code|card number|iban|ssn"
                    + "|social security number|passwort|kennwort|zugangscode|geheimzahl|geheimnummer|mot de passe"
                    + "|code secret|contrase\u00f1a|c\u00f3digo secreto)\\b|\u30d1\u30b9\u30ef\u30fc\u30c9"
                    + "|\u6697\u8a3c\u756a\u53f7|\u5bc6\u7801|\u53e3\u4ee4|\u5bc6\u94a5|\u9a8c\u8bc1\u7801");
    private static final Pattern SENTENCE = Pattern
            .compile("[^\\n]+?(?:[.!?]+(?=\\s|$)|[\u3002\uff01\uff1f]|(?=\\n)|$)");
    private static final Pattern REST_OF_KEY = Pattern.compile("(?s).*?-----END [A-Z ]*PRIVATE KEY-----|(?s).*");
    private static final Pattern REST_OF_WORD = Pattern.compile("\\S*");
    private static final Pattern REST_OF_SENTENCE = Pattern.compile(
            "(?<=[.!?])(?=\\s|$)|[^\\n]*?(?=[.!?](?:\\s|$)|[\u3002\uff01\uff1f\\n]|$)");
    private static final int MAX_ROUNDS = 4;
    private static final List<Kind> PATTERNS = ResourceLines.of("secrets.patterns").stream().map(Kind::of).toList();

    private Secrets() {}

    /// A kind of secrets.
    ///
    /// @param rest what follows the words and belongs to the secret
    private record Kind(Pattern words, Pattern rest) {
        private static Kind of(String line) {
            String name = line.substring(0, line.indexOf(' '));
            Pattern rest = name.equals("private_key")
                    ? REST_OF_KEY
                    : name.startsWith("named_") ? REST_OF_SENTENCE : REST_OF_WORD;
            return new Kind(Pattern.compile(line.substring(line.indexOf(' ') + 1)), rest);
        }

        private void hide(String text, BitSet hidden) {
            Matcher found = words.matcher(text);
            Matcher end = rest.matcher(text).useTransparentBounds(true);
            // Behind the last secret, so that a text of many beginnings is read once.
            for (int from = 0; from <= text.length()
                    && found.find(from); from = Math.max(end.end(), found.start() + 1)) {
                if (!end.region(found.end(), text.length()).lookingAt()) {
                    throw new IllegalStateException("Every text has a rest.");
                }
                hidden.set(found.start(), end.end());
            }
        }
    }

    /// Returns whether a text holds a secret.
    public static boolean isIn(String text) {
        return PATTERNS.stream().anyMatch(kind -> kind.words().matcher(text).find())
                || cards(text).findAny().isPresent();
    }

    /// Returns whether a sentence asks for a secret or names one, so that the next sentence may be its value.
    static boolean isAnnouncedBy(String sentence) {
        return ANNOUNCED.matcher(sentence).find();
    }

    /// Returns the texts of a conversation, in their order, with [#MASK] in place of secrets. Of a secret that a
    /// sentence names, the rest of the sentence is masked; of other secrets, the word; a short sentence after one that
    /// names a secret, also in the next text.
    public static List<String> masked(List<String> texts) {
        AnnouncedSecrets announced = new AnnouncedSecrets();
        return texts.stream().map(text -> masked(text, announced)).toList();
    }

    private static String masked(String text, AnnouncedSecrets announced) {
        BitSet answers = new BitSet(text.length());
        Matcher sentences = SENTENCE.matcher(text);
        while (sentences.find()) {
            if (announced.isAnswer(sentences.group())) {
                answers.set(sentences.start(), sentences.end());
            }
        }
        String masked = replaced(text, hidden(text, answers));
        // Words on both sides of a mask may make another one.
        for (int i = 0; i < MAX_ROUNDS && isIn(masked); i++) {
            masked = replaced(masked, hidden(masked, new BitSet()));
        }
        return isIn(masked) ? MASK : masked;
    }

    private static BitSet hidden(String text, BitSet hidden) {
        PATTERNS.forEach(kind -> kind.hide(text, hidden));
        cards(text).forEach(found -> hidden.set(found.start(), found.end()));
        return hidden;
    }

    private static String replaced(String text, BitSet hidden) {
        StringBuilder masked = new StringBuilder(text.length());
        int shown = 0;
        while (shown < text.length()) {
            int begin = hidden.nextSetBit(shown);
            if (begin < 0) {
                break;
            }
            masked.append(text, shown, begin).append(MASK);
            shown = hidden.nextClearBit(begin);
        }
        return masked.append(text, Math.min(shown, text.length()), text.length()).toString();
    }

    private static Stream<MatchResult> cards(String text) {
        return CARD.matcher(text).results().filter(found -> hasCheckDigit(found.group().replaceAll("\\D", "")));
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
