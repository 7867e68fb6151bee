package dev.memfuse.engine.model.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tokenizer of a model: splits texts into word pieces (Devlin et al. 2019). Time is linear in the length of the
/// text that is read; [#encode] and [#fits] read no more than the window holds. Thread-safe.
public final class WordPieces {
    private final TokenizerFile tokenizer;
    private final int window;

    private WordPieces(TokenizerFile tokenizer, int window) {
        this.tokenizer = tokenizer;
        this.window = window;
    }

    /// Reads a tokenizer.
    ///
    /// @param description a `tokenizer.json`
    /// @param window maximum number of word pieces per text, including special ones
    /// @throws IOException when it describes another kind of tokenizer; the message says which part
    public static WordPieces read(InputStream description, int window) throws IOException {
        return new WordPieces(TokenizerFile.read(description), window);
    }

    /// Returns the ids of the first word pieces of a text, including special ones, as many as the window holds.
    public long[] encode(String text) {
        // A character has four pieces at most.
        int limit = (int) Math.min(window, specialPieces() + 4L * text.length());
        long[] ids = new long[limit];
        int length = 0;
        for (int i = 0; i < tokenizer.before().size() && length < limit; i++) {
            ids[length++] = tokenizer.before().get(i);
        }
        PieceReader reader = new PieceReader(tokenizer, text, 0);
        while (length < limit && reader.next()) {
            ids[length++] = reader.id();
        }
        for (int i = 0; i < tokenizer.after().size() && length < limit; i++) {
            ids[length++] = tokenizer.after().get(i);
        }
        return length == limit ? ids : Arrays.copyOf(ids, length);
    }

    /// Returns the number of word pieces of a text, including special ones and those beyond the window.
    public int count(String text) {
        return countUpTo(text, Integer.MAX_VALUE);
    }

    /// Returns whether the window holds a text.
    public boolean fits(String text) {
        return countUpTo(text, window + 1) <= window;
    }

    private int specialPieces() {
        return tokenizer.before().size() + tokenizer.after().size();
    }

    private int countUpTo(String text, int limit) {
        int count = specialPieces();
        PieceReader reader = new PieceReader(tokenizer, text, 0);
        while (count < limit && reader.next()) {
            count++;
        }
        return count;
    }

    /// Splits a text into pieces within the window, in order and without loss except for white space around them. A
    /// shorter text is returned unchanged. A word that is a single word piece is never split, whatever its length.
    public List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int to = end(text, from);
        if (to == text.length()) {
            return List.of(text);
        }
        while (from < text.length()) {
            parts.add(text.substring(from, to).strip());
            from = to;
            to = end(text, from);
        }
        return parts;
    }

    /// Returns the index after the longest part of a text that starts at an index and fits into the window. The
    /// beginning of a word has the same pieces as it has within the word, so the part needs no second count.
    private int end(String text, int from) {
        PieceReader reader = new PieceReader(tokenizer, text, from);
        for (int free = window - specialPieces(); reader.next(); free--) {
            // The pieces of one character share its index.
            if (free <= 0 && reader.start() > from) {
                return reader.start();
            }
        }
        return text.length();
    }
}
