package dev.memfuse.engine.model;

/// The part of a message that the next one answers.
final class LastSentence {
    private static final int MAX_CHARS = 120;
    private static final String ENDS = ".!?";

    private LastSentence() {}

    /// Returns the last sentence of a text that is not blank, or the last words of it within the maximum length. The
    /// last sentence of the result is the result.
    static String of(String message) {
        String text = message.strip();
        String sentence = text.substring(begin(text));
        if (sentence.length() <= MAX_CHARS) {
            return sentence;
        }
        int from = sentence.length() - MAX_CHARS;
        int blank = sentence.indexOf(' ', from);
        if (blank >= 0) {
            return sentence.substring(blank + 1);
        }
        return sentence.substring(Character.isLowSurrogate(sentence.charAt(from)) ? from + 1 : from);
    }

    private static int begin(String text) {
        for (int i = text.length() - 1; i > 0; i--) {
            if (Character.isWhitespace(text.charAt(i)) && ENDS.indexOf(text.charAt(i - 1)) >= 0) {
                return i + 1;
            }
        }
        return 0;
    }
}
