package dev.memfuse.engine.memory.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Passage;

/// Embeds texts for the layers. Equal texts of one call are embedded once and share their vector.
///
/// @param model the shared model, loaded at first use
public record Encoder(Supplier<EmbeddingModel> model, EmbeddingPool pool) {

    /// Returns the normalised vectors of texts, in their order. Blocks.
    public List<float[]> embed(List<String> texts) {
        return texts.isEmpty() ? List.of() : embed(model.get(), texts);
    }

    /// Returns the normalised vectors of texts by a model that the caller has got, in their order. Blocks.
    public List<float[]> embed(EmbeddingModel current, List<String> texts) {
        List<String> different = texts.stream().distinct().toList();
        List<float[]> vectors = pool.embed(current, different);
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < different.size(); i++) {
            byText.put(different.get(i), vectors.get(i));
        }
        return texts.stream().map(text -> Objects.requireNonNull(byText.get(text))).toList();
    }

    /// Returns the normalised vectors of passages by a model that the caller has got, in their order. Blocks.
    public List<float[]> embedPassages(EmbeddingModel current, List<Passage> passages) {
        return pool.embedPassages(current, passages);
    }
}
