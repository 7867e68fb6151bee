package dev.memfuse.engine.retrieval;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.config.section.RetrievalConfig;

/// Settings of score fusion.
///
/// @param fusion by normalised scores or by ranks
/// @param rrfK constant of reciprocal rank fusion
/// @param denseWeight weight of the vector score, 0..1; BM25 has the rest
/// @param neighbourWeights weights of the scores of adjacent entries
/// @param hintWeights weights of the entries' own attributes
public record RankingRules(FusionKind fusion, int rrfK, double denseWeight, NeighbourWeights neighbourWeights,
        HintWeights hintWeights) {

    /// Returns the rules of a configuration.
    public static RankingRules of(RetrievalConfig config) {
        return new RankingRules(config.fusion(), config.rrfK(), config.denseWeight(), NeighbourWeights.of(config),
                HintWeights.of(config));
    }
}
