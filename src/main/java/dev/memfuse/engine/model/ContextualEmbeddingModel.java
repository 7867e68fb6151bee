package dev.memfuse.engine.model;

import java.util.List;

/// Embeds a chunk together with the last sentence of the preceding message, so that "Yes, since March" has a vector
/// near the question it answers. Only the last sentence: questions are mostly there, each word piece costs time, and
/// the whole message does not improve retrieval (ADR 0011).
final class ContextualEmbeddingModel implements EmbeddingModel {
    /// Part of the name of the vectors: must change with every change of this class that changes vectors.
    static final String VERSION = "+context1";
    private static final int MAX_CHARS = 120;
    private static final String SENTENCE_ENDS = ".!?";

    private final EmbeddingModel model;

    ContextualEmbeddingModel(EmbeddingModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String chunkName() {
        return model.name() + VERSION;
    }

    @Override
    public boolean usesPrecedingText() {
        return true;
    }

    /// Returns both texts, or the text alone when both exceed the window.
    @Override
    public String inContext(String before, String text) {
        if (before.isBlank()) {
            return text;
        }
        String joined = end(before) + "\n" + text;
        return fits(joined) ? joined : text;
    }

    /// Returns the last sentence, or its last words within the maximum length.
    private static String end(String before) {
        String text = before.strip();
        String sentence = text.substring(lastSentence(text));
        if (sentence.length() <= MAX_CHARS) {
            return sentence;
        }
        int from = sentence.length() - MAX_CHARS;
        int blank = sentence.indexOf(' ', from);
        if (blank >= 0) {
            return sentence.substring(blank + 1);
        }
        return sentence.substring(Character.isLowSurrogate(sentence.charAt(from)) ? from + 1 : from);
    }

    private static int lastSentence(String text) {
        for (int i = text.length() - 1; i > 0; i--) {
            if (Character.isWhitespace(text.charAt(i)) && SENTENCE_ENDS.indexOf(text.charAt(i - 1)) >= 0) {
                return i + 1;
            }
        }
        return 0;
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
    public List<float[]> embed(List<String> texts) {
        return model.embed(texts);
    }
}
