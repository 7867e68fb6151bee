package dev.memfuse.engine.validation;

import java.text.Normalizer;

import dev.memfuse.engine.exception.InvalidValueException;

/// Checks texts. Storage keeps every text that is valid Unicode without U+0000: PostgreSQL's `text` cannot hold that
/// character, and an unpaired surrogate has no form in UTF-8.
public final class TextCheck {
    /// Maximum length of a name in bytes of UTF-8. An entry of PostgreSQL's B-tree holds 2704 bytes, and names are
    /// indexed together with an id.
    public static final int MAX_NAME_BYTES = 1_000;

    /// Blanks that Unicode counts among the control characters: next line, zero-width space, word joiner and byte order
    /// mark.
    private static final String INVISIBLE = "\u0085\u200B\u2060\uFEFF";

    private TextCheck() {}

    /// Checks that a text can be stored exactly and returns its length in bytes of UTF-8.
    ///
    /// @param field name of the field, for the message
    /// @throws InvalidValueException when it is null, contains U+0000 or an unpaired surrogate
    public static long bytes(String field, String text) {
        ValueCheck.present(field, text);
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < 0x80) {
                if (next == 0) {
                    throw refused(field, "contains the character U+0000", i, "PostgreSQL cannot store it. Remove it.");
                }
                bytes++;
            } else if (next < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(next)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(next) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw refused(field, "contains an unpaired surrogate", i,
                        "It is not valid Unicode. Remove it, or cut the text between characters.");
            }
        }
        return bytes;
    }

    private static InvalidValueException refused(String field, String problem, int index, String remedy) {
        return new InvalidValueException(field, field + " " + problem + " at index " + index + ". " + remedy);
    }

    /// Checks that a text can be stored exactly and returns it.
    ///
    /// @throws InvalidValueException when it is null, contains U+0000 or an unpaired surrogate
    public static String storable(String field, String text) {
        bytes(field, text);
        return text;
    }

    /// Checks a text and returns it.
    ///
    /// @param maxBytes maximum length in bytes of UTF-8
    /// @param remedy what to do when the text is longer, a sentence
    /// @throws InvalidValueException when it cannot be stored exactly or is longer
    public static String atMost(long maxBytes, String field, String text, String remedy) {
        long bytes = bytes(field, text);
        if (bytes > maxBytes) {
            throw new InvalidValueException(field,
                    field + " has " + bytes + " bytes in UTF-8, and at most " + maxBytes + " are allowed. " + remedy);
        }
        return text;
    }

    /// Checks a text that must have a visible character and returns it.
    ///
    /// @throws InvalidValueException when it is blank or cannot be stored exactly
    public static String notBlank(String field, String text) {
        storable(field, text);
        if (text.isBlank()) {
            throw new InvalidValueException(field, field + " is blank. Give it at least one visible character.");
        }
        return text;
    }

    /// Returns a text in composed characters (NFC).
    public static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// Returns a name as it is compared and stored: in composed characters (NFC), without blanks around it. Names that
    /// look alike by composition are the same name.
    public static String canonicalName(String name) {
        String composed = composed(name);
        int from = 0;
        int until = composed.length();
        while (from < until && isBlank(composed.charAt(from))) {
            from++;
        }
        while (until > from && isBlank(composed.charAt(until - 1))) {
            until--;
        }
        return composed.substring(from, until);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character)
                || INVISIBLE.indexOf(character) >= 0;
    }

    /// Checks the name of a user, agent or session and returns it in its [canonical form][#canonicalName].
    ///
    /// @throws InvalidValueException when it is blank, longer than [#MAX_NAME_BYTES] or cannot be stored exactly
    public static String name(String field, String name) {
        storable(field, name);
        return atMost(MAX_NAME_BYTES, field, notBlank(field, canonicalName(name)), "Choose a shorter name.");
    }
}
