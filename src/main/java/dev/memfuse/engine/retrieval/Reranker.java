package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.List;

/// Scores the best hits of a question a second time. Thread-safe; may block for a model.
public interface Reranker {

    /// Returns the relevance of each passage, 0..1, in their order.
    List<Double> scores(String question, List<Passage> passages);

    /// A text to score.
    ///
    /// @param createdAt time of its message
    record Passage(String text, Instant createdAt) {}
}
