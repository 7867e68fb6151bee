package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random secrets in sentences, for tests.
public final class SecretSamples {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = LOWER + UPPER + DIGITS;
    private static final List<Kind> KINDS = List.of(
            random -> token("Use %s please", "sk-proj-" + text(random, LETTERS, 24)),
            random -> token("It is \"%s\".", "ghp_" + text(random, LETTERS, 36)),
            random -> token("The key (%s) is new.", "AKIA" + text(random, UPPER, 16)),
            random -> token("Slack: %s", "xoxb-" + text(random, DIGITS, 12) + "-" + text(random, LOWER, 12)),
            random -> token("export TOKEN=%s", "eyJ" + text(random, LETTERS, 20) + "." + text(random, LETTERS, 30) + "."
                    + text(random, LETTERS, 30)),
            random -> token("Authorization: Bearer %s", text(random, LETTERS, 30)),
            random -> token("Look at https://anna:%s@db.example.org/app now.", word(random)),
            random -> token("My IBAN is %s.", "DE" + text(random, DIGITS, 20)),
            random -> token("%s is the hash.", text(random, "0123456789abcdef", 64)),
            random -> token("It was ab1%sXY", text(random, LETTERS, 30)),
            random -> token("My card is %s, thanks.", card(random)),
            random -> token("My SSN is %s.", text(random, DIGITS, 3) + "-" + text(random, DIGITS, 2) + "-"
                    + text(random, DIGITS, 4)),
            random -> token("My password is %s!", word(random)),
            random -> token("the WiFi password for the flat is %s", word(random) + " " + word(random)),
            random -> token("PIN: %s.", text(random, DIGITS, 4)),
            random -> token("Password:\n%s", word(random)),
            random -> token("Our recovery phrase is %s.", word(random) + " " + word(random) + " " + word(random)),
            random -> token("api_key=%s", word(random)),
            random -> token("%s is my old password.", word(random)),
            random -> token("Mein Passwort lautet %s.", word(random)),
            random -> token("Mon mot de passe est %s.", word(random)),
            random -> token("Mi contrase\u00f1a es %s.", word(random)),
            random -> token("\u30d1\u30b9\u30ef\u30fc\u30c9\u306f%s\u3067\u3059\u3002", word(random)),
            random -> token("\u6211\u7684\u5bc6\u7801\u662f%s\u3002", word(random)),
            SecretSamples::privateKey,
            random -> answer("What is the door code?", word(random)),
            random -> answer("And your PIN, please?", text(random, DIGITS, 4)),
            random -> answer("Which password do I need? I forgot.", word(random) + " " + word(random)));

    private SecretSamples() {}

    private interface Kind {
        Sample of(RandomGenerator random);
    }

    /// Messages that hold a secret.
    ///
    /// @param messages consecutive messages
    /// @param parts parts of the secret, none of which may be seen
    public record Sample(List<String> messages, List<String> parts) {}

    /// Returns the number of kinds of secrets.
    public static int kinds() {
        return KINDS.size();
    }

    /// Returns a secret of a kind.
    ///
    /// @param kind 0 to the number of kinds, exclusive
    public static Sample of(int kind, RandomGenerator random) {
        return KINDS.get(kind).of(random);
    }

    private static Sample token(String template, String secret) {
        return new Sample(List.of(String.format(Locale.ROOT, template, secret)), List.of(secret.split("[ -]")).stream()
                .filter(part -> part.length() >= 4).toList());
    }

    private static Sample answer(String question, String secret) {
        return new Sample(List.of(question, secret), List.of(secret.split(" ")));
    }

    private static Sample privateKey(RandomGenerator random) {
        List<String> lines = IntStream.range(0, 4).mapToObj(i -> text(random, LETTERS, i < 3 ? 64 : 12)).toList();
        return new Sample(List.of("Here:\n-----BEGIN RSA PRIVATE KEY-----\n" + String.join("\n", lines)
                + "\n-----END RSA PRIVATE KEY-----\nKeep it."), lines);
    }

    private static String word(RandomGenerator random) {
        return text(random, LOWER, 9);
    }

    private static String text(RandomGenerator random, String alphabet, int length) {
        return random.ints(length, 0, alphabet.length()).mapToObj(at -> alphabet.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    /// Returns a number of 16 digits with a check digit, in groups.
    private static String card(RandomGenerator random) {
        String digits = "4" + text(random, DIGITS, 14);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        String all = digits + (10 - sum % 10) % 10;
        String separator = random.nextBoolean() ? " " : "-";
        return IntStream.range(0, 4).mapToObj(i -> all.substring(4 * i, 4 * i + 4))
                .collect(Collectors.joining(separator));
    }
}
