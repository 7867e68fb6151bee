package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.trial.ExperimentRun;

/// The trial of an advice, active or ended. Its result fails when a block failed or the first pair did not end.
/// Thread-safe; no method blocks.
public interface TrialRun extends ExperimentRun<TrialPlan, ComparisonRun.Status, AdviceTrial> {}
