package dev.memfuse.engine.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A model that embeds a chunk together with the last sentence of the message before it: "Yes, since March" then lies
/// near the question it answers. Only the last sentence: a question mostly stands there, each word piece costs time, and
/// the whole message finds no more (ADR 0011).
final class PrecedingText implements EmbeddingModel {
    /// Belongs to the name of the vectors: change it with anything below.
    static final String VERSION = "+context1";
    private static final int MOST_CHARS = 120;
    private static final String SENTENCE_ENDS = ".!?";
    private static final int SPECIAL_TOKENS = 2;

    private final EmbeddingModel model;

    PrecedingText(EmbeddingModel model) {
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
    public boolean readsBefore() {
        return true;
    }

    /// The text alone when both do not fit into the window: its own words count more.
    @Override
    public String inContext(String before, String text) {
        if (before.isBlank()) {
            return text;
        }
        String both = end(before) + "\n" + text;
        return fits(both) ? both : text;
    }

    /// The last sentence, or as many words of its end as fit.
    private static String end(String before) {
        String text = before.strip();
        String sentence = text.substring(lastSentence(text));
        if (sentence.length() <= MOST_CHARS) {
            return sentence;
        }
        int from = sentence.length() - MOST_CHARS;
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

    /// A word piece is at least one byte long, so a short text need not be counted.
    private boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= window() - SPECIAL_TOKENS
                || countTokens(text) <= window();
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
    public List<String> split(String text) {
        return model.split(text);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return model.embed(texts);
    }
}
