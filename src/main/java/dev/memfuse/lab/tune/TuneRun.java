package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.List;

import dev.memfuse.lab.trial.ExperimentRun;

/// A tuning, active or ended. Its plan has the rate that was found once it is known; its result fails when nothing was
/// measured. Thread-safe; no method blocks.
public interface TuneRun extends ExperimentRun<TunePlan, TuneRun.Status, TuneResult> {

    /// The progress of a tuning.
    ///
    /// @param phase what happens now, in words
    /// @param share share of the budget that has passed, 0..1
    /// @param left time left in the budget
    /// @param tried candidates with at least one load so far, in the order of the design
    record Status(String phase, double share, Duration left, List<TriedCandidate> tried) {}
}
