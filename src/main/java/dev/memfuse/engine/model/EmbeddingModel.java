package dev.memfuse.engine.model;

import java.util.List;

/// Turns texts into vectors. Thread-safe; blocks for the computation.
public interface EmbeddingModel {

    /// Name and version, as stored beside each vector: whatever changes a vector changes it. Vectors of different names
    /// are never compared.
    String name();

    /// The name for the vectors of chunks: [#name], and how the text before a chunk is part of its vector.
    default String chunkName() {
        return name();
    }

    /// Whether [#inContext] makes use of what was said before.
    default boolean readsBefore() {
        return false;
    }

    /// What to embed for a chunk.
    ///
    /// @param before the message before the chunk; empty when there is none
    default String inContext(String before, String text) {
        return text;
    }

    /// Length of the vectors.
    int dimension();

    /// Word pieces that influence a vector; what is beyond is not seen.
    int window();

    /// Word pieces of a text, without limit.
    int countTokens(String text);

    /// Splits a text into pieces within the [#window], in order; a text within it comes back as it is.
    List<String> split(String text);

    /// Normalised vectors of the texts, in their order.
    List<float[]> embed(List<String> texts);
}
