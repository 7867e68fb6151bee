package dev.memfuse.engine.model;

import java.util.List;

/// Turns texts into vectors. Thread-safe; blocks for the computation.
public interface EmbeddingModel {

    /// The name stored beside each vector.
    String name();

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
