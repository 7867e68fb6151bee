package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.List;

/// Looks at the best candidates of a question once more. A cross-encoder fits here as well as [FeatureReranker].
/// Thread-safe; may block for a model.
public interface Reranker {

    /// How well each candidate answers, 0..1, in their order.
    List<Double> scores(String question, List<Candidate> candidates);

    /// A text to judge.
    ///
    /// @param saidAt when it was said
    record Candidate(String text, Instant saidAt) {}
}
