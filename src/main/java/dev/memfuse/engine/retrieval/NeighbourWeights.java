package dev.memfuse.engine.retrieval;

import dev.memfuse.config.section.RetrievalConfig;

/// Weights with which the scores of adjacent entries are added to the score of an entry, each 0..1.
///
/// @param previous weight of the previous entry of the session
/// @param question weight of the previous entry when it ends with a question, which the entry probably answers
/// @param next weight of the next entry of the session
/// @param session weight of the best entry of the session
public record NeighbourWeights(double previous, double question, double next, double session) {
    /// No entry contributes to another one.
    public static final NeighbourWeights NONE = new NeighbourWeights(0, 0, 0, 0);

    static NeighbourWeights of(RetrievalConfig config) {
        return new NeighbourWeights(config.neighbourPrevious(), config.neighbourQuestion(), config.neighbourNext(),
                config.sessionBest());
    }

    /// Returns the largest weighted sum of an entry's score and those of its neighbours.
    double sum() {
        return 1 + Math.max(previous, question) + next + session;
    }
}
