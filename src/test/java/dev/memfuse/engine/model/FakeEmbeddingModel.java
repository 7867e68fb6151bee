package dev.memfuse.engine.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// A model whose word pieces are words and whose vectors the test chooses; the default is the length of the text.
/// Records each batch.
public final class FakeEmbeddingModel implements EmbeddingModel {
    public final List<List<String>> batches = new CopyOnWriteArrayList<>();
    public volatile Consumer<List<String>> inside = _ -> {};
    private final String name;
    private final int window;
    private final Function<String, float[]> vectors;

    public FakeEmbeddingModel(String name, int window) {
        this(name, window, text -> new float[]{text.length()});
    }

    /// @param vectors returns the vector of a text; all vectors have the same length
    public FakeEmbeddingModel(String name, int window, Function<String, float[]> vectors) {
        this.name = name;
        this.window = window;
        this.vectors = vectors;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return vectors.apply(" ").length;
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public int countTokens(String text) {
        return text.split("\\s+").length + 2;
    }

    @Override
    public List<String> split(String text) {
        return List.of(text);
    }

    @Override
    public List<Encoding> encode(List<String> texts) {
        batches.add(List.copyOf(texts));
        inside.accept(texts);
        return texts.stream().map(vectors).map(vector -> new Encoding(vector, 1, vector)).toList();
    }
}
