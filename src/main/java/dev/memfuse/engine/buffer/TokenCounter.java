package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.ModelType;
import dev.memfuse.engine.NewMessage;

/// Counts the tokens of messages with the tokenizer of a language model. Thread-safe.
public final class TokenCounter {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private static final Map<String, TokenCounter> BY_MODEL = new ConcurrentHashMap<>();

    private final Encoding encoding;

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
        return encoding.countTokensOrdinary(text);
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
