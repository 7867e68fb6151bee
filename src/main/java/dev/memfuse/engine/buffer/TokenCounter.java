package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.model.tokenizer.ChatVocabularies;

/// Counts the tokens of messages with the tokenizer of a language model. Thread-safe.
///
/// Caches the counts of short pieces, since texts repeat their words and counting took half the time of a journaled
/// acknowledgement. A text is split where every tokenizer splits it: before a single space that precedes a letter. The
/// split does not change the count: the vocabularies start a word with the space before it, and no token spans two
/// words. A piece that is longer than [#WINDOW] is counted in windows: the tokenizer needs more than linear time for a
/// long word, and would be handed the whole of it. Each boundary of a window may add a token.
public final class TokenCounter {
    private static final Map<EncodingType, TokenCounter> BY_VOCABULARY = new ConcurrentHashMap<>();

    /// Maximum number of characters that are counted as a whole. A power of two, since runs of one character, such as
    /// spaces, have tokens of such lengths.
    static final int WINDOW = 4096;
    private static final int CACHED_PIECES = 50_000;
    private static final int MAX_CACHED_LENGTH = 20;

    private final Encoding encoding;
    private final Cache<String, Integer> pieces = Caffeine.newBuilder().maximumSize(CACHED_PIECES)
            .executor(Runnable::run)
            .build();

    /// Returns the counter of a model. Models of one vocabulary share a counter. The first call for a
    /// vocabulary loads it.
    ///
    /// @param model name of the model, for instance `gpt-4o-mini`; an unknown model is counted with `cl100k_base`
    public static TokenCounter forModel(String model) {
        return BY_VOCABULARY.computeIfAbsent(ChatVocabularies.of(model, EncodingType.CL100K_BASE), TokenCounter::new);
    }

    private TokenCounter(EncodingType vocabulary) {
        encoding = ChatVocabularies.encoding(vocabulary);
    }

    /// Returns the number of tokens of a text; 0 for an empty one.
    public int count(String text) {
        return countUpTo(text, Integer.MAX_VALUE);
    }

    /// Returns the number of tokens of a text or, when it exceeds `limit`, any smaller number that exceeds it too.
    /// Reads no more of a long text than that.
    public int countUpTo(String text, int limit) {
        int total = 0;
        int from = 0;
        for (int i = 1; i < text.length() && total <= limit; i++) {
            if (startsPiece(text, i) || isEndOfWindow(text, from, i)) {
                total += countPiece(text.substring(from, i));
                from = i;
            }
        }
        return total > limit ? total : total + countPiece(text.substring(from));
    }

    private static boolean startsPiece(String text, int index) {
        return text.charAt(index) == ' ' && index + 1 < text.length() && isPrinted(text.charAt(index - 1))
                && isLetter(text.charAt(index + 1));
    }

    private static boolean isEndOfWindow(String text, int from, int index) {
        return index - from >= WINDOW && !Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    private static boolean isPrinted(char character) {
        return character > ' ' && character <= '~';
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private int countPiece(String piece) {
        if (piece.length() > MAX_CACHED_LENGTH) {
            return encoding.countTokensOrdinary(piece);
        }
        Integer cached = pieces.getIfPresent(piece);
        if (cached == null) {
            cached = encoding.countTokensOrdinary(piece);
            pieces.put(piece, cached);
        }
        return cached;
    }

    /// Returns the token counts of messages, in their order, until their sum exceeds `limit`; the count at which it
    /// does may be too small. Later messages are not counted, since counting is the most expensive part of buffering a
    /// large batch.
    public List<Integer> countUpTo(List<NewMessage> messages, int limit) {
        List<Integer> counts = new ArrayList<>();
        int total = 0;
        for (NewMessage message : messages) {
            if (total > limit) {
                break;
            }
            int tokens = countUpTo(inChatFormat(message), limit - total);
            counts.add(tokens);
            total += tokens;
        }
        return counts;
    }

    /// Returns the number of tokens of a message in the format of chat models: with its role and delimiters.
    public int count(NewMessage message) {
        return count(inChatFormat(message));
    }

    private static String inChatFormat(NewMessage message) {
        return "<|im_start|>" + message.role().label() + "\n" + message.content() + "<|im_end|>\n";
    }
}
