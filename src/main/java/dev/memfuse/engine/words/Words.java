package dev.memfuse.engine.words;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.Version;

/// Splits texts and questions into terms. Equal words have equal terms whatever their composition, width and case; an
/// accented word has a second term without accents, and a compound in a script without blanks has terms of its parts.
/// Thread-safe.
public final class Words {
    private static final Analyzer ANALYZER = new WordAnalyzer(false);
    private static final Analyzer ASCII_ANALYZER = new WordAnalyzer(true);

    private Words() {}

    /// Terms of a text.
    ///
    /// @param frequencies number of occurrences by term
    /// @param length number of words
    public record Terms(Map<String, Integer> frequencies, int length) {}

    /// Returns the terms of a text.
    public static Terms count(String text) {
        Map<String, Integer> counts = new HashMap<>();
        int[] length = {0};
        each(text, term -> {
            counts.merge(term, 1, Integer::sum);
            length[0] += isWeak(term) ? 0 : 1;
        });
        return new Terms(counts, length[0]);
    }

    /// Returns the words of a text in their order.
    public static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        each(text, term -> {
            if (!isWeak(term)) {
                words.add(new Word(term, term));
            } else if (!WordParts.hasParts(words.getLast().exact())) {
                words.add(new Word(words.removeLast().exact(), term.substring(1)));
            }
        });
        return words;
    }

    /// Returns the terms of a text as a stream, which the caller closes once.
    public static TokenStream stream(String text) {
        return WordForms.isAscii(text)
                ? ASCII_ANALYZER.tokenStream("text", text)
                : ANALYZER.tokenStream("text", WordForms.composed(text));
    }

    /// Returns name and version of the rules: other rules make other terms.
    public static String version() {
        return "icu " + Version.LATEST;
    }

    private static boolean isWeak(String term) {
        return term.charAt(0) == WeakForms.MARK;
    }

    private static void each(String text, Consumer<String> consumer) {
        try (TokenStream stream = stream(text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                consumer.accept(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new EngineException("The text could not be analysed: " + e.getMessage(), "", e);
        }
    }
}
