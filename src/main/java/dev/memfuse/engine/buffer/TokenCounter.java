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
/// Counting was half of what an acknowledgement from the journal cost. Everyday text repeats its words, so a text is cut
/// where every tokenizer cuts it, before a single space and the letter behind it, and the counts of short pieces are remembered. Such a
/// cut is exact: the patterns of the vocabularies begin a word with the space before it, and no token spans two words.
public final class TokenCounter {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private static final Map<String, TokenCounter> BY_MODEL = new ConcurrentHashMap<>();

    private static final int REMEMBERED = 50_000;
    private static final int LONGEST_REMEMBERED = 20;

    private final Encoding encoding;
    private final Cache<String, Integer> pieces = Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run)
            .build();

    /// The counter of a model, made once: its vocabulary takes a while to load.
    ///
    /// @param model name of the model, for instance `gpt-4o-mini`; an unknown one is counted as `cl100k_base`
    public static TokenCounter forModel(String model) {
        return BY_MODEL.computeIfAbsent(model, TokenCounter::new);
    }

    private TokenCounter(String model) {
        encoding = ModelType.fromName(model).map(REGISTRY::getEncodingForModel)
                .orElseGet(() -> REGISTRY.getEncoding(EncodingType.CL100K_BASE));
    }

    /// Tokens of a text; 0 for none.
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
        if (piece.length() > LONGEST_REMEMBERED) {
            return encoding.countTokensOrdinary(piece);
        }
        Integer known = pieces.getIfPresent(piece);
        if (known == null) {
            known = encoding.countTokensOrdinary(piece);
            pieces.put(piece, known);
        }
        return known;
    }

    /// Tokens of messages, in their order, until together they are more than `limit`: beyond it nobody needs to know, and
    /// counting is the dearest part of buffering a large batch.
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

    /// Tokens of a message as chat models see it: with its role and the marks around it.
    public int count(NewMessage message) {
        return count("<|im_start|>" + message.role().label() + "\n" + message.content() + "<|im_end|>\n");
    }
}
