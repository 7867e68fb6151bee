package dev.memfuse.engine.model;

import java.util.List;
import java.util.function.Function;

/// Computes vectors of texts. Thread-safe; blocks during the computation.
public interface EmbeddingModel {

    /// Returns name and version, which are stored with each vector: every change that changes vectors changes the name.
    /// Vectors with different names are never compared.
    String name();

    /// Returns the name of the vectors of chunks: [#name] and the way in which the preceding text is part of them.
    default String chunkName() {
        return name();
    }

    /// Returns whether [#embed(List, Function)] uses the preceding message.
    default boolean usesPrecedingText() {
        return false;
    }

    /// Returns whether a vector is the mean of the states of all word pieces, so that states of other texts can be
    /// added to it.
    default boolean meansPieces() {
        return true;
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

    /// Encodes texts, in their order.
    List<Encoding> encode(List<String> texts);

    /// Returns the normalised vectors of texts, in their order.
    default List<float[]> embed(List<String> texts) {
        return encode(texts).stream().map(Encoding::vector).toList();
    }

    /// Returns the normalised vectors of passages, in their order: those of their texts, with the preceding message as
    /// [#chunkName] says.
    ///
    /// @param encoder encodes texts, in their order: [#encode], or what combines the texts of several callers
    default List<float[]> embed(List<Passage> passages, Function<List<String>, List<Encoding>> encoder) {
        return encoder.apply(texts(passages)).stream().map(Encoding::vector).toList();
    }

    /// Returns the texts that [#embed(List, Function)] encodes for passages.
    default List<String> texts(List<Passage> passages) {
        return passages.stream().map(Passage::text).toList();
    }
}
