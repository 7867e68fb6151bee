package dev.memfuse.engine.model;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingContext;

/// Names and variants of the configured models.
public final class EmbeddingModels {
    private EmbeddingModels() {}

    /// Returns a model that embeds chunks with a context.
    public static EmbeddingModel over(EmbeddingModel model, EmbeddingContext context) {
        return switch (context) {
            case NONE -> model;
            case PREVIOUS -> new ContextualEmbeddingModel(model);
        };
    }

    /// Returns the stored name of vectors of texts without context. Loads nothing.
    public static String name(EmbeddingConfig config) {
        return ModelSpec.of(config.model()).name();
    }

    /// Returns the stored name of vectors of chunks. Loads nothing.
    public static String chunkName(EmbeddingConfig config) {
        return switch (config.context()) {
            case NONE -> name(config);
            case PREVIOUS -> name(config) + ContextualEmbeddingModel.VERSION;
        };
    }
}
