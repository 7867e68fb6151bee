package dev.memfuse.engine.model.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.ModelType;

/// The vocabularies of chat models, one instance of each for the process, since one takes about 20 MB of heap.
public final class ChatVocabularies {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private ChatVocabularies() {}

    /// Returns the vocabulary of a model by name, for instance `gpt-4o-mini`; that of an unknown model is `otherwise`.
    public static EncodingType of(String model, EncodingType otherwise) {
        return ModelType.fromName(model).map(ModelType::getEncodingType).orElse(otherwise);
    }

    /// Returns the encoding of a vocabulary. The first call for each loads it, which takes up to a second. Thread-safe.
    public static Encoding encoding(EncodingType vocabulary) {
        return REGISTRY.getEncoding(vocabulary);
    }
}
