package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Splits text into stemmed terms with Lucene's English analyzer. Thread-safe.
final class Terms {
    private static final Analyzer ANALYZER = new EnglishAnalyzer();

    private Terms() {}

    /// Returns the terms of a text with their frequencies.
    static Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new HashMap<>();
        each(text, term -> counts.merge(term, 1, Integer::sum));
        return counts;
    }

    /// Returns the terms of a text in their order.
    static List<String> inOrder(String text) {
        List<String> terms = new ArrayList<>();
        each(text, terms::add);
        return terms;
    }

    private static void each(String text, Consumer<String> consumer) {
        try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
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
