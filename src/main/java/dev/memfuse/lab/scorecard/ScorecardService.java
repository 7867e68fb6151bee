package dev.memfuse.lab.scorecard;

import java.util.Optional;
import java.util.function.Consumer;

/// Measures the promises of the plan on the engine of this process, one scorecard at a time. Thread-safe.
public interface ScorecardService {

    /// Starts a scorecard in the background.
    ///
    /// @throws IllegalStateException when a scorecard, a comparison or a load runs, or the engine is not ready; the
    ///         message is for the user
    ScorecardRun start(ScorecardPlan plan);

    /// Returns the active scorecard.
    Optional<ScorecardRun> current();

    /// Calls `listener` when a scorecard starts or ends, on an arbitrary thread.
    void onRun(Consumer<ScorecardRun> listener);
}
