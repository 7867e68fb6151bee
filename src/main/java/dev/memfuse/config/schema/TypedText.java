package dev.memfuse.config.schema;

/// Texts as people type them, for messages that repeat them.
public final class TypedText {
    private static final int LONGEST = 100;

    private TypedText() {}

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
