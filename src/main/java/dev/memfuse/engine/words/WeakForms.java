package dev.memfuse.engine.words;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/// Adds weak forms after a word, at the same position: an accented word without its accents, and the [parts][WordParts]
/// of a word that a dictionary found. [Mark] makes the added terms differ from words that are written so, once they are
/// stemmed.
final class WeakForms extends TokenFilter {
    /// First character of a weak form; no word contains it.
    static final char MARK = '\u0001';
    private static final String TYPE = "weak";

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final Queue<String> waiting = new ArrayDeque<>();

    WeakForms(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        String weak = waiting.poll();
        if (weak != null) {
            term.setEmpty().append(weak);
            type.setType(TYPE);
            step.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        String word = term.toString();
        if (WordParts.hasParts(word)) {
            waiting.addAll(WordParts.of(word));
        } else {
            String plain = WordForms.withoutAccents(word);
            if (!plain.equals(word) && !plain.isEmpty()) {
                waiting.add(plain);
            }
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        waiting.clear();
    }

    /// Marks the weak forms.
    static final class Mark extends TokenFilter {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final TypeAttribute type = addAttribute(TypeAttribute.class);

        Mark(TokenStream input) {
            super(input);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) {
                return false;
            }
            if (type.type().equals(TYPE)) {
                String stem = term.toString();
                term.setEmpty().append(MARK).append(stem);
            }
            return true;
        }
    }
}
