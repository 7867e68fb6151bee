package dev.memfuse.console.context;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.ExperimentService;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.span.TimeSpan;

/// Experiments on the running engine, and the recordings of earlier ones.
///
/// @param advice derives advice from a load
/// @param trials tries advice
/// @param arms makes arms from the profiles and the settings in force at the time of the call
/// @param observe records what was measured in a span; blocks, and throws a `RecordingException` with the reason
public record Lab(ComparisonService comparisons, ScorecardService scorecards, SweepService sweeps,
        AdviceService advice, TrialService trials, TuneService tunes, Supplier<Arms> arms, Recordings recordings,
        Function<TimeSpan, Manifest> observe) {

    /// Returns whether an experiment runs, which changes settings itself.
    public boolean experimenting() {
        return List.<ExperimentService<?, ?>>of(comparisons, scorecards, sweeps, advice, trials, tunes).stream()
                .anyMatch(experiments -> experiments.current().isPresent());
    }
}
