package dev.memfuse.engine.retrieval;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.config.section.RetrievalConfig;

/// How signals become a score.
///
/// @param fusion by stretched scores or by ranks
/// @param rrfK constant of reciprocal rank fusion
/// @param denseWeight share of meaning, 0..1; the rest is words
/// @param spreading what a turn gets of the scores around it
public record RankingRules(FusionKind fusion, int rrfK, double denseWeight, NeighbourWeights spreading) {

    public static RankingRules of(RetrievalConfig config) {
        return new RankingRules(config.fusion(), config.rrfK(), config.denseWeight(), NeighbourWeights.of(config));
    }
}
