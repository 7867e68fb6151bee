package dev.memfuse.lab.compare;

import java.util.Optional;

import dev.memfuse.lab.trial.ExperimentService;

/// Runs comparisons on the engine of this process, one at a time. Thread-safe.
public interface ComparisonService extends ExperimentService<ComparisonPlan, ComparisonRun> {

    /// Returns the smallest difference of the primary metric that the pairs of a plan show on this machine, by the last
    /// comparison of equal arms (A/A) here; empty before the first one.
    Optional<EqualArms.Smallest> smallestDifference(ComparisonPlan plan);
}
