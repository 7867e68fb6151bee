package dev.memfuse.engine.model;

import java.util.List;

/// Computes vectors of texts. Thread-safe; blocks during the computation.
public interface EmbeddingModel {

    /// Returns name and version, which are stored with each vector: every change that changes vectors changes the name.
    /// Vectors with different names are never compared.
    String name();

    /// Returns the name of the vectors of chunks: [#name] and the way in which the preceding text is part of them.
    default String chunkName() {
        return name();
    }

    /// Returns whether [#inContext] uses the preceding message.
    default boolean usesPrecedingText() {
        return false;
    }

    /// Returns the text to embed for a chunk.
    ///
    /// @param before content of the preceding message; empty when there is none
    default String inContext(String before, String text) {
        return text;
    }

    /// Returns the length of the vectors.
    int dimension();

    /// Returns the number of word pieces that influence a vector; further ones are ignored.
    int window();

    /// Returns the number of word pieces of a text, including those beyond the window.
    int countTokens(String text);

    /// Returns whether the [#window] holds a text. Reads no more of a long text than that.
    default boolean fits(String text) {
        return countTokens(text) <= window();
    }

    /// Splits a text into pieces within the [#window], in order. A shorter text is returned unchanged.
    List<String> split(String text);

    /// Returns the normalised vectors of texts, in their order.
    List<float[]> embed(List<String> texts);
}
