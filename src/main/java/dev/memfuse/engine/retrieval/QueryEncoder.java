package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Urgency;

/// Embeds the texts of one query.
///
/// @param model embeds the question and the messages that have no vector yet
/// @param pool runs the model
/// @param urgency priority of the query among other texts in the pool
public record QueryEncoder(EmbeddingModel model, EmbeddingPool pool, Urgency urgency) {

    /// Returns the vectors that the model's vectors can be compared with.
    EmbeddingSpace space() {
        return new EmbeddingSpace(model.chunkName(), model.name(), model.dimension());
    }

    /// Returns the normalised vectors of texts, in their order. Blocks for the model.
    List<float[]> embed(List<String> texts) {
        return pool.embed(model, texts, urgency);
    }

    /// Returns the normalised vector of a text and the result of work that the calling thread does meanwhile. Blocks
    /// for the model.
    <T> EmbeddingPool.Beside<T> embed(String text, Supplier<T> meanwhile) {
        return pool.embed(model, List.of(text), urgency, meanwhile);
    }
}
