package dev.memfuse.lab.scorecard;

import java.time.Duration;
import java.util.List;

import dev.memfuse.lab.trial.ExperimentRun;

/// A scorecard, active or ended. Stopped, it ends after the current block and covers the rounds that ended; its result
/// fails when a block failed. Thread-safe; no method blocks.
public interface ScorecardRun extends ExperimentRun<ScorecardPlan, ScorecardRun.Status, ScorecardResult> {

    /// The progress of a scorecard.
    ///
    /// @param blocks blocks that have ended
    /// @param current phase and network of the current block in words; empty before the first and after the last
    /// @param left expected time to the end
    /// @param promises promises by the rounds that have ended, not final
    record Status(int blocks, String current, Duration left, List<PromiseResult> promises) {}
}
