package dev.memfuse.lab.tune;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallResult;
import org.jspecify.annotations.Nullable;

/// The result of a tuning. Serialized as JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the first load
/// @param cancelled whether it was ended by hand
/// @param goal the goal as it was written
/// @param sentence finding in words
/// @param proven whether the best candidate is better than the start by the final comparison and keeps every condition
/// @param problems sentences about what limits the finding
/// @param best number of the best candidate; null when no candidate kept the limits
/// @param changes settings in which the best candidate differs from the start
/// @param recall Recall@10 of the start (a) and the best candidate (b); null when it was not measured
/// @param comparison start (a) against the best candidate (b) in fresh pairs of blocks; null when it did not run
/// @param tried everything that was tried, the start first
/// @param design how it was measured, by name
/// @param environment machine, JVM, database, versions
public record TuneResult(int formatVersion, Instant startedAt, boolean cancelled, String goal, String sentence,
        boolean proven, List<String> problems, @Nullable Integer best, List<ConfigChange> changes,
        @Nullable RecallResult recall, @Nullable ComparisonResult comparison, List<TriedCandidate> tried,
        Map<String, String> design, Map<String, String> environment) {
    /// Says that the tuning was ended by hand.
    public static final String CANCELLED = "The tuning was ended by hand; this covers what was tried until then.";

    public TuneResult {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
        tried = List.copyOf(tried);
    }
}
