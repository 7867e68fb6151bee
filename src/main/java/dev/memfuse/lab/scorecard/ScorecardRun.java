package dev.memfuse.lab.scorecard;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A scorecard, active or ended. Thread-safe; no method blocks.
public interface ScorecardRun {

    /// Returns the plan.
    ScorecardPlan plan();

    /// Returns the progress now.
    Status progress();

    /// Ends the scorecard after the current block; its result covers the rounds that ended.
    void stop();

    /// Returns a future of the result; it completes exceptionally when a block failed.
    CompletableFuture<ScorecardResult> result();

    /// The progress of a scorecard.
    ///
    /// @param blocks blocks that have ended
    /// @param current phase and network of the current block in words; empty before the first and after the last
    /// @param promises promises by the rounds that have ended, not final
    record Status(int blocks, String current, List<PromiseResult> promises) {}
}
