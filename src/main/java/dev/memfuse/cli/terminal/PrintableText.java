package dev.memfuse.cli.terminal;

import java.util.Locale;

import dev.memfuse.config.schema.TypedText;

/// Makes texts of others safe to print: names of users, paths and values may contain characters that move the cursor,
/// colour the terminal or reorder the line.
public final class PrintableText {
    /// Maximum length of a value that a message repeats.
    private static final int EXCERPT = 100;
    private static final int MESSAGE = 1_000;

    private PrintableText() {}

    /// Returns a text as one line: control characters, line breaks and characters that change the direction of writing
    /// are replaced by their escapes, for instance `\\u001b`.
    public static String line(String text) {
        if (text.codePoints().noneMatch(PrintableText::escaped)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (escaped(character)) {
                        line.append(String.format(Locale.ROOT, "\\u%04x", character));
                    } else {
                        line.appendCodePoint(character);
                    }
                }
            }
        });
        return line.toString();
    }

    /// Returns a value of the user for a message: one line of at most about a hundred characters.
    public static String excerpt(String text) {
        return bounded(text, EXCERPT);
    }

    /// Returns a message that repeats a value, which may have any length: one line of at most about a thousand
    /// characters.
    static String message(String text) {
        return bounded(text, MESSAGE);
    }

    private static String bounded(String text, int length) {
        return line(TypedText.excerpt(text, length));
    }

    private static boolean escaped(int character) {
        return TypedText.isControl(character) || TypedText.isDirection(character);
    }
}
