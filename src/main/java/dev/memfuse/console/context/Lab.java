package dev.memfuse.console.context;

import java.util.function.Supplier;

import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.recording.Recordings;

/// Experiments on the running engine, and the recordings of earlier ones.
///
/// @param arms makes arms from the profiles and the settings in force at the time of the call
public record Lab(ComparisonService comparisons, ScorecardService scorecards, SweepService sweeps,
        Supplier<Arms> arms, Recordings recordings) {

    /// Returns whether an experiment runs, which changes settings itself.
    public boolean experimenting() {
        return comparisons.current().isPresent() || scorecards.current().isPresent() || sweeps.current().isPresent();
    }
}
