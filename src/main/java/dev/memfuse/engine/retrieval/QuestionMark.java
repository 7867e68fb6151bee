package dev.memfuse.engine.retrieval;

/// Recognizes texts that end with a question, by their punctuation.
final class QuestionMark {
    private static final String QUESTIONS = "?\uFF1F\u061F";
    private static final String OTHER_ENDS = ".!\u3002\uFF01";

    private QuestionMark() {}

    /// Returns whether the last punctuation mark of a text is a question mark, as in "And you? Bye" and "Do you see
    /// it? [a photo]".
    static boolean endsWithQuestion(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (QUESTIONS.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
            if (OTHER_ENDS.indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return false;
    }
}
