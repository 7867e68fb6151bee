package dev.memfuse.engine.memory.layer;

import java.util.List;
import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;

/// Embeds texts for the layers.
///
/// @param model the shared model, loaded at first use
public record Encoder(Supplier<EmbeddingModel> model, EmbeddingPool pool) {

    /// Returns the normalised vectors of texts, in their order. Blocks.
    public List<float[]> embed(List<String> texts) {
        return texts.isEmpty() ? List.of() : pool.embed(model.get(), texts);
    }

    /// Returns the normalised vectors of texts by a model that the caller has got, in their order. Blocks.
    public List<float[]> embed(EmbeddingModel current, List<String> texts) {
        return pool.embed(current, texts);
    }
}
