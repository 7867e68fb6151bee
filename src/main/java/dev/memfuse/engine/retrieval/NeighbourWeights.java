package dev.memfuse.engine.retrieval;

import dev.memfuse.config.section.RetrievalConfig;

/// What a turn gets of the scores around it, each 0..1 of the other's score.
///
/// @param previous share of the turn before it
/// @param question the same when the turn before it ends with a question, which this one probably answers
/// @param next share of the turn after it
/// @param session share of the best turn of its session
public record NeighbourWeights(double previous, double question, double next, double session) {
    /// Each turn stands for itself.
    public static final NeighbourWeights NONE = new NeighbourWeights(0, 0, 0, 0);

    static NeighbourWeights of(RetrievalConfig config) {
        return new NeighbourWeights(config.neighbourPrevious(), config.neighbourQuestion(), config.neighbourNext(),
                config.sessionBest());
    }

    /// Brings the sum of a score and all its shares back to 0..1, the same for every turn.
    double scale() {
        return 1 / (1 + Math.max(previous, question) + next + session);
    }
}
