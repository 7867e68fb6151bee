package dev.memfuse.engine.model;

import java.util.List;
import java.util.function.Function;

/// Embeds passages with the last sentence of the preceding message.
final class ContextualEmbeddingModel implements EmbeddingModel {
    private final EmbeddingModel model;
    private final PrecedingSentence way;

    ContextualEmbeddingModel(EmbeddingModel model, PrecedingSentence way) {
        this.model = model;
        this.way = way;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String chunkName() {
        return model.name() + way.version();
    }

    @Override
    public boolean usesPrecedingText() {
        return true;
    }

    @Override
    public boolean meansPieces() {
        return model.meansPieces();
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    @Override
    public int window() {
        return model.window();
    }

    @Override
    public int countTokens(String text) {
        return model.countTokens(text);
    }

    @Override
    public boolean fits(String text) {
        return model.fits(text);
    }

    @Override
    public List<String> split(String text) {
        return model.split(text);
    }

    @Override
    public List<Encoding> encode(List<String> texts) {
        return model.encode(texts);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return model.embed(texts);
    }

    @Override
    public List<float[]> embed(List<Passage> passages, Function<List<String>, List<Encoding>> encoder) {
        return way.embed(model, passages, encoder);
    }

    @Override
    public List<String> texts(List<Passage> passages) {
        return way.texts(model, passages);
    }
}
