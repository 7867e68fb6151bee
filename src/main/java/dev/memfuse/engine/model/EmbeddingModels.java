package dev.memfuse.engine.model;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingContext;

/// How the configuration names models and what it makes of them.
public final class EmbeddingModels {
    private EmbeddingModels() {}

    /// A model that embeds chunks with this context.
    public static EmbeddingModel over(EmbeddingModel model, EmbeddingContext context) {
        return switch (context) {
            case NONE -> model;
            case PREVIOUS -> new PrecedingText(model);
        };
    }

    /// The name stored beside the vector of a text that is embedded alone. Loads nothing.
    public static String name(EmbeddingConfig config) {
        return ModelSpec.of(config.model()).name();
    }

    /// The name stored beside the vector of a chunk. Loads nothing.
    public static String chunkName(EmbeddingConfig config) {
        return switch (config.context()) {
            case NONE -> name(config);
            case PREVIOUS -> name(config) + PrecedingText.VERSION;
        };
    }
}
