package dev.memfuse.lab.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.MetricResult;
import org.jspecify.annotations.Nullable;

/// The result of a comparison. Serialized as JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the first block
/// @param cancelled whether it was ended by hand before its last pair
/// @param a name of the reference
/// @param b name of the candidate
/// @param differences settings in which the arms differ
/// @param decision B against A by the primary metric
/// @param sentence verdict in words
/// @param problems sentences about what limits the verdict; a candidate is not better while there is one
/// @param metrics the primary metric first
/// @param recall Recall@10 and freshness of both arms; null when they were not measured
/// @param spectra by operation: percentiles of all blocks of each arm together
/// @param blocks in the order in which they ran
/// @param design how it was measured, by name
/// @param environment machine, JVM, database, versions
/// @param aborted the guardrail that ended it early, as a sentence; null when none did
public record ComparisonResult(int formatVersion, Instant startedAt, boolean cancelled, String a, String b,
        List<ConfigChange> differences, Decision decision, String sentence, List<String> problems,
        List<MetricResult> metrics, @Nullable RecallResult recall, Map<String, List<SpectrumRow>> spectra,
        List<Block> blocks, Map<String, String> design,
        Map<String, String> environment, @Nullable String aborted) {

    /// Creates the result of a comparison that no guardrail ended.
    public ComparisonResult(int formatVersion, Instant startedAt, boolean cancelled, String a, String b,
            List<ConfigChange> differences, Decision decision, String sentence, List<String> problems,
            List<MetricResult> metrics, @Nullable RecallResult recall, Map<String, List<SpectrumRow>> spectra,
            List<Block> blocks, Map<String, String> design, Map<String, String> environment) {
        this(formatVersion, startedAt, cancelled, a, b, differences, decision, sentence, problems, metrics, recall,
                spectra, blocks, design, environment, null);
    }

    /// Returns whether blocks are void, so that the figures decide nothing.
    public boolean voided() {
        return BlockProblems.voided(blocks);
    }

    /// Returns whether a decision of this comparison counts: a better one while it has no problem, the others while no
    /// block is void.
    public boolean counts(Decision one) {
        return !voided() && (one != Decision.BETTER || problems.isEmpty());
    }

    /// Returns whether the decision about the primary metric counts.
    public boolean counts() {
        return counts(primary().ratio().decision());
    }

    /// Returns the result of the primary metric.
    public MetricResult primary() {
        return metrics.getFirst();
    }
}
