package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.trial.ExperimentService;

/// Tries advice on the engine of this process, one at a time. The settings from before are in force again after a
/// trial. Thread-safe.
public interface TrialService extends ExperimentService<TrialPlan, TrialRun> {}
