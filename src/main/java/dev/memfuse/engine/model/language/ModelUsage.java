package dev.memfuse.engine.model.language;

import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkStats;

/// Counts the calls of a language model and their tokens. Thread-safe.
///
/// @param work the calls, as part of the cost per operation
/// @param extraction the answered calls with their tokens
public record ModelUsage(WorkStats work, ExtractionStats extraction) {

    /// Counts a call that is sent.
    void requested() {
        work.add(Work.LANGUAGE_MODEL_CALLS, 1);
    }

    /// Counts the tokens of an answered call.
    void answered(long promptTokens, long answerTokens) {
        extraction.called(promptTokens, answerTokens);
    }
}
