package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.ModelType;
import dev.memfuse.engine.NewMessage;

/// Counts the tokens of messages with the tokenizer of a language model. Thread-safe.
///
/// Caches the counts of short pieces, since texts repeat their words and counting took half the time of a journaled
/// acknowledgement. A text is split where every tokenizer splits it: before a single space that precedes a letter. The
/// split does not change the count: the vocabularies start a word with the space before it, and no token spans two
/// words.
public final class TokenCounter {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private static final Map<String, TokenCounter> BY_MODEL = new ConcurrentHashMap<>();

    private static final int CACHED_PIECES = 50_000;
    private static final int MAX_CACHED_LENGTH = 20;
    private static final int SLICE = 1_000;

    private final Encoding encoding;
    private final Cache<String, Integer> pieces = Caffeine.newBuilder().maximumSize(CACHED_PIECES)
            .executor(Runnable::run)
            .build();

    /// Returns the counter of a model. The first call for a model loads its vocabulary.
    ///
    /// @param model name of the model, for instance `gpt-4o-mini`; an unknown model is counted with `cl100k_base`
    public static TokenCounter forModel(String model) {
        return BY_MODEL.computeIfAbsent(model, TokenCounter::new);
    }

    private TokenCounter(String model) {
        encoding = ModelType.fromName(model).map(REGISTRY::getEncodingForModel)
                .orElseGet(() -> REGISTRY.getEncoding(EncodingType.CL100K_BASE));
    }

    /// Returns the number of tokens of a text; 0 for an empty one.
    public int count(String text) {
        int total = 0;
        int from = 0;
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == ' ' && isPrinted(text.charAt(i - 1)) && isLetter(text.charAt(i + 1))) {
                total += countPiece(text.substring(from, i));
                from = i;
            }
        }
        return total + countPiece(text.substring(from));
    }

    private static boolean isPrinted(char character) {
        return character > ' ' && character <= '~';
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private int countPiece(String piece) {
        if (piece.length() > MAX_CACHED_LENGTH) {
            return countSlices(piece);
        }
        Integer cached = pieces.getIfPresent(piece);
        if (cached == null) {
            cached = encoding.countTokensOrdinary(piece);
            pieces.put(piece, cached);
        }
        return cached;
    }

    /// Counts a piece in slices. The time of the tokenizer grows with the square of the length of a text without word
    /// boundaries, for instance of white space or base64: a megabyte would take minutes. A slice boundary adds at most
    /// a few tokens.
    private int countSlices(String piece) {
        int total = 0;
        int from = 0;
        while (from < piece.length()) {
            int to = Math.min(from + SLICE, piece.length());
            if (to < piece.length() && Character.isHighSurrogate(piece.charAt(to - 1))) {
                to--;
            }
            total += encoding.countTokensOrdinary(piece.substring(from, to));
            from = to;
        }
        return total;
    }

    /// Returns the token counts of messages, in their order, until their sum exceeds `limit`. Later messages are not
    /// counted, since counting is the most expensive part of buffering a large batch.
    public List<Integer> countUpTo(List<NewMessage> messages, int limit) {
        List<Integer> counts = new ArrayList<>();
        int total = 0;
        for (NewMessage message : messages) {
            if (total > limit) {
                break;
            }
            int tokens = count(message);
            counts.add(tokens);
            total += tokens;
        }
        return counts;
    }

    /// Returns the number of tokens of a message in the format of chat models: with its role and delimiters.
    public int count(NewMessage message) {
        return count("<|im_start|>" + message.role().label() + "\n" + message.content() + "<|im_end|>\n");
    }
}
