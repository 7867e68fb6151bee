package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.trial.ExperimentRun;
import dev.memfuse.progress.Progress;

/// A run that advice is derived from, active or ended. Stopped, its advice covers the load until then; its result fails
/// when the load failed. Thread-safe; no method blocks.
public interface AdviceRun extends ExperimentRun<AdvicePlan, Progress, AdviceReport> {}
