package dev.memfuse.engine.memory.text;

import java.util.regex.Pattern;

/// Follows the sentences of a conversation and recognizes the value of a secret that the sentence before it named:
/// "What is the door code? Blue horse." Not thread-safe.
final class AnnouncedSecrets {
    private static final int MAX_WORDS = 6;
    /// A word, or two characters of a script without blanks.
    private static final Pattern WORD = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]{1,2}"
            + "|[\\p{L}\\p{N}][^\\s\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]*");

    /// Short sentences that may hold the value: "I forgot. Try blue horse."
    private static final int MAX_SENTENCES = 3;

    private int expected;

    /// Returns whether the next sentence may be the value of a secret: it is short, and so are all since one named it.
    boolean isAnswer(String sentence) {
        long words = WORD.matcher(sentence).results().limit(MAX_WORDS + 1).count();
        if (words == 0) {
            return false;
        }
        boolean answer = expected > 0 && words <= MAX_WORDS;
        expected = Secrets.isAnnouncedBy(sentence) ? MAX_SENTENCES : answer ? expected - 1 : 0;
        return answer;
    }
}
