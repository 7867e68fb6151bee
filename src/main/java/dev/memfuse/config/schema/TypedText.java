package dev.memfuse.config.schema;

/// Texts as people type them, for messages that repeat them.
public final class TypedText {
    private static final int LONGEST = 100;

    private TypedText() {}

    /// Returns whether a reader sees a character, so that it can stand in a file or a name as it is. A space is one.
    public static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    /// Returns whether a character ends lines or controls devices, or is half of one: it passes through no file,
    /// address or header.
    public static boolean isControl(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /// Returns whether a character embeds, overrides or isolates the direction of the text after it (Unicode's
    /// bidirectional algorithm): it can make a text look like another one. Marks that only join letters do not.
    public static boolean isDirection(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    /// Returns a text, shortened when it is longer than any value a person types.
    public static String excerpt(String text) {
        return excerpt(text, LONGEST);
    }

    /// Returns a text, shortened when it is too long. Cuts no character of two UTF-16 units apart.
    ///
    /// @param longest maximum length in UTF-16 units, before the mark of the cut
    public static String excerpt(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
