package dev.memfuse.engine.retrieval;

import dev.memfuse.config.section.RetrievalConfig;

/// Weights of the [Hints], each 0..1; a hint with weight 0 is not computed.
///
/// @param length weight of a text's length
/// @param statement weight of a text that does not end with a question
/// @param speaker weight of a turn whose speaker the question names
/// @param time weight of nearness to a time that the question names
/// @param stated weight of a text that states a time when the question asks for one
public record HintWeights(double length, double statement, double speaker, double time, double stated) {
    /// No hints.
    public static final HintWeights NONE = new HintWeights(0, 0, 0, 0, 0);

    static HintWeights of(RetrievalConfig config) {
        return new HintWeights(config.length(), config.statement(), config.speaker(), config.time(),
                config.statedTime());
    }
}
