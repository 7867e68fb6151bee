package dev.memfuse.engine.model;

import java.util.Arrays;
import java.util.OptionalInt;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingContext;
import dev.memfuse.config.section.EmbeddingModelKind;

/// Names and variants of the configured models.
public final class EmbeddingModels {
    /// Length of the vectors of every included model.
    private static final int DIMENSION = 384;

    /// Part of the name of a mean of vectors; must change with every change that changes such means.
    private static final String MEAN = "+mean1";

    private EmbeddingModels() {}

    /// Returns a model that embeds chunks with a context.
    public static EmbeddingModel over(EmbeddingModel model, EmbeddingContext context) {
        return switch (context) {
            case NONE -> model;
            case PREVIOUS -> new ContextualEmbeddingModel(model, model.meansPieces()
                    ? PrecedingSentence.ADDED
                    : PrecedingSentence.JOINED);
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
            case PREVIOUS -> name(config) + ModelSpec.of(config.model()).preceding().version();
        };
    }

    /// Returns the stored name of a mean of vectors of chunks.
    ///
    /// @param chunkName name of these vectors
    public static String meanName(String chunkName) {
        return chunkName + MEAN;
    }

    /// Returns the length of the vectors that are stored under a name; empty when the name is of no included model.
    /// Loads nothing.
    public static OptionalInt dimension(String storedName) {
        String single = storedName.endsWith(MEAN)
                ? storedName.substring(0, storedName.length() - MEAN.length())
                : storedName;
        for (EmbeddingModelKind kind : EmbeddingModelKind.values()) {
            String name = ModelSpec.of(kind).name();
            if (single.equals(name) || Arrays.stream(PrecedingSentence.values())
                    .anyMatch(way -> single.equals(name + way.version()))) {
                return OptionalInt.of(DIMENSION);
            }
        }
        return OptionalInt.empty();
    }
}
