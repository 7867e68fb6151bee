package dev.memfuse.engine.retrieval;

import dev.memfuse.config.FusionKind;
import dev.memfuse.config.RetrievalConfig;

/// How signals become a score.
///
/// @param fusion by stretched scores or by ranks
/// @param rrfK constant of reciprocal rank fusion
/// @param denseWeight share of meaning, 0..1; the rest is words
/// @param previous share of the previous turn's score
/// @param next share of the next turn's score
public record RankingRules(FusionKind fusion, int rrfK, double denseWeight, double previous, double next) {

    public static RankingRules of(RetrievalConfig config) {
        return new RankingRules(config.fusion(), config.rrfK(), config.denseWeight(), config.neighbourPrevious(),
                config.neighbourNext());
    }
}
