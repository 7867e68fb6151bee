package dev.memfuse.config.connection;

import java.text.Normalizer;
import java.util.Optional;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.DatabaseUrl;
import dev.memfuse.config.schema.TypedText;

/// A database with a name. Holds neither user nor password: they come from the environment or a password file.
///
/// @param name name that the user chose, 1 to 64 characters
/// @param url JDBC URL of the database; empty for the embedded server
/// @param profile saved profile of settings that is applied on connecting; empty keeps the settings in force
/// @param readOnly whether it is opened for reading only
public record SavedConnection(String name, String url, Optional<String> profile, boolean readOnly) {
    /// Name of the embedded server in lists of connections. No saved connection has it.
    public static final String EMBEDDED = "Embedded server";
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_URL = 4_000;

    /// Returns why the connection cannot be saved, a sentence without a secret; empty when it can.
    public Optional<String> problem() {
        if (name.isBlank()) {
            return Optional.of("The connection has no name: give it one.");
        }
        if (name.length() > LONGEST_NAME || !hasUsableCharacters(name)) {
            return Optional
                    .of("The name " + ConfigValues.quote(TypedText.excerpt(name)) + " cannot be used: a name has "
                            + "1 to " + LONGEST_NAME + " visible characters, and no space at its ends.");
        }
        if (isNamed(EMBEDDED)) {
            return Optional.of("The name " + EMBEDDED + " is that of the server of the program: choose another one.");
        }
        if (url.length() > LONGEST_URL) {
            return Optional.of("The address is longer than " + LONGEST_URL + " characters: shorten it.");
        }
        return DatabaseUrl.problem(url);
    }

    private static boolean hasUsableCharacters(String text) {
        return !isBlank(text.codePointAt(0)) && !isBlank(text.codePointBefore(text.length()))
                && text.codePoints().allMatch(character -> TypedText.isVisible(character) || isJoiner(character));
    }

    private static boolean isBlank(int character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character) || isJoiner(character);
    }

    /// Returns whether a character joins or separates those beside it, as in Persian and in families of emoji.
    private static boolean isJoiner(int character) {
        return character == 0x200c || character == 0x200d;
    }

    /// Returns whether the connection has a name that looks like this one, without regard to case.
    public boolean isNamed(String other) {
        return shape(name).equalsIgnoreCase(shape(other));
    }

    /// Returns a text without what nobody sees: joiners, and the two ways to write a letter with its accent.
    private static String shape(String text) {
        return Normalizer.normalize(
                text.codePoints().filter(character -> !isJoiner(character))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append),
                Normalizer.Form.NFC);
    }
}
