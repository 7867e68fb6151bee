package dev.memfuse.engine.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A model whose vector is the length of the text and whose word pieces are its words. Records each batch.
public final class FakeEmbeddingModel implements EmbeddingModel {
    public final List<List<String>> batches = new CopyOnWriteArrayList<>();
    public volatile Consumer<List<String>> inside = _ -> {};
    private final String name;
    private final int window;

    public FakeEmbeddingModel(String name, int window) {
        this.name = name;
        this.window = window;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return 1;
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
    public List<float[]> embed(List<String> texts) {
        batches.add(List.copyOf(texts));
        inside.accept(texts);
        return texts.stream().map(text -> new float[]{text.length()}).toList();
    }
}
