package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import dev.memfuse.engine.EngineException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Cuts text into stemmed terms with Lucene's English analyzer. Thread-safe.
final class Terms {
    private static final Analyzer ANALYZER = new EnglishAnalyzer();

    private Terms() {}

    /// Terms and how often each occurs.
    static Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new HashMap<>();
        try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
            return counts;
        } catch (IOException e) {
            throw new EngineException("The text could not be analysed: " + e.getMessage(), "", e);
        }
    }
}
