package dev.memfuse.lab.compare;

import java.util.Optional;
import java.util.function.Consumer;

/// Runs comparisons on the engine of this process, one at a time. Thread-safe.
public interface ComparisonService {

    /// Starts a comparison in the background.
    ///
    /// @throws IllegalStateException when a comparison or a load runs, or the engine is not ready; the message is for
    ///         the user
    ComparisonRun start(ComparisonPlan plan);

    /// Returns the smallest difference of the primary metric that the pairs of a plan show on this machine, by the last
    /// comparison of equal arms (A/A) here; empty before the first one.
    Optional<EqualArms.Smallest> smallestDifference(ComparisonPlan plan);

    /// Returns the active comparison.
    Optional<ComparisonRun> current();

    /// Calls `listener` when a comparison starts or ends, on an arbitrary thread.
    void onRun(Consumer<ComparisonRun> listener);
}
