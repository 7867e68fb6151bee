package dev.memfuse.engine.memory.layer;

import java.util.List;
import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;

/// The embedding model as the layers use it.
///
/// @param model the shared session, opened at first use
public record Encoder(Supplier<EmbeddingModel> model, EmbeddingPool pool) {

    /// Normalised vectors of texts, in their order.
    public List<float[]> embed(List<String> texts) {
        return texts.isEmpty() ? List.of() : pool.embed(model.get(), texts);
    }
}
