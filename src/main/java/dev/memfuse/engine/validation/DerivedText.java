package dev.memfuse.engine.validation;

/// Makes texts storable that the engine itself derives: cut texts, answers of a language model, reasons of failures.
public final class DerivedText {
    private static final int NOTE_LENGTH = 1_000;
    private static final char REPLACEMENT = '\ufffd';

    private DerivedText() {}

    /// Returns the first characters of a text. Never cuts a character of two UTF-16 units apart.
    ///
    /// @param length maximum length in UTF-16 units
    public static String prefix(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean between = length > 0 && Character.isHighSurrogate(text.charAt(length - 1))
                && Character.isLowSurrogate(text.charAt(length));
        return text.substring(0, between ? length - 1 : length);
    }

    /// Returns a note that can be stored: the first thousand characters of a text, as a [storable][#storable] text.
    public static String note(String text) {
        return storable(prefix(text, NOTE_LENGTH));
    }

    /// Returns a text with U+FFFD in place of each U+0000 and each unpaired surrogate.
    public static String storable(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean pair = Character.isHighSurrogate(next) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (next == 0 || Character.isSurrogate(next)) {
                changed.setCharAt(i, REPLACEMENT);
            }
        }
        return changed.toString();
    }
}
