package dev.memfuse.lab.advice;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All rules.
public final class AdviceRules {
    private static final List<AdviceRule> ALL = List.of(PoolRules::tooSmall, PoolRules::tooLarge,
            PoolRules::heldAcrossModel, PoolRules::legacyManager, PathRules::separateStatements,
            PathRules::serviceCache,
            PathRules::embeddingWhileWriting, PathRules::recall, BacklogRules::flush, BacklogRules::embedding,
            BacklogRules::layerTimeouts, BacklogRules::journal, ServerRules::sharedBuffers, ServerRules::maxConnections,
            ServerRules::statements, ServerRules::checkpoints);

    private static final Comparator<Advice> MOST_URGENT_FIRST = Comparator
            .comparingInt((Advice advice) -> advice.score()).reversed().thenComparing(advice -> advice.rule());

    private AdviceRules() {}

    /// Judges an observation.
    ///
    /// @return the advice, most urgent first; empty without enough operations and time
    public static List<Advice> judge(Observation observation) {
        if (!observation.tooLittle().isEmpty()) {
            return List.of();
        }
        return ALL.stream().map(rule -> rule.judge(observation)).flatMap(Optional::stream)
                .sorted(MOST_URGENT_FIRST).toList();
    }
}
