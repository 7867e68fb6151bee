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
