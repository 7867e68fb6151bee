package dev.memfuse.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import org.jspecify.annotations.Nullable;

/// The tokenizer of a model: splits texts into word pieces. Thread-safe.
final class WordPieces implements AutoCloseable {
    private static final int SPECIAL_TOKENS = 2;

    private final HuggingFaceTokenizer tokenizer;
    private final int window;

    private WordPieces(HuggingFaceTokenizer tokenizer, int window) {
        this.tokenizer = tokenizer;
        this.window = window;
    }

    /// Reads a tokenizer.
    ///
    /// @param description JSON description of the tokenizer
    /// @param window maximum number of word pieces per text, including special ones
    static WordPieces read(InputStream description, int window) throws IOException {
        return new WordPieces(HuggingFaceTokenizer.newInstance(description,
                Map.of("padding", "false", "truncation", "false", "modelMaxLength", "100000")), window);
    }

    /// Returns the encodings of texts, without a limit of their length.
    Encoding[] encode(List<String> texts) {
        return tokenizer.batchEncode(texts);
    }

    /// Returns the number of word pieces of a text.
    int count(String text) {
        return tokenizer.encode(text).getIds().length;
    }

    /// Splits a text into pieces within the window.
    List<String> split(String text) {
        Encoding encoding = tokenizer.encode(text);
        if (encoding.getIds().length <= window) {
            return List.of(text);
        }
        int[] starts = starts(text, encoding.getCharTokenSpans());
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < starts.length;) {
            int to = Math.min(from + window - SPECIAL_TOKENS, starts.length);
            // The halves of a split word may have more word pieces than the word.
            for (int excess = excess(text, starts, from, to); excess > 0; excess = excess(text, starts, from, to)) {
                to = Math.max(from + 1, to - excess);
            }
            pieces.add(between(text, starts, from, to));
            from = to;
        }
        return pieces;
    }

    private int excess(String text, int[] starts, int from, int to) {
        return to - from == 1 ? 0 : count(between(text, starts, from, to)) - window;
    }

    private static String between(String text, int[] starts, int from, int to) {
        return text.substring(starts[from], to < starts.length ? starts[to] : text.length()).strip();
    }

    /// Returns the offsets of the word pieces in the text. The tokenizer counts code points, Java counts chars.
    private static int[] starts(String text, @Nullable CharSpan[] spans) {
        List<Integer> starts = new ArrayList<>();
        int codePoints = 0;
        int chars = 0;
        for (CharSpan span : spans) {
            if (span != null && span.getEnd() > span.getStart() && (starts.isEmpty() || span.getStart() > codePoints)) {
                chars = text.offsetByCodePoints(chars, span.getStart() - codePoints);
                codePoints = span.getStart();
                starts.add(chars);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
