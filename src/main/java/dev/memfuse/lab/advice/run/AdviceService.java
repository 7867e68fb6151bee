package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.trial.ExperimentService;

/// Derives advice from loads on the engine of this process, under the settings in force, one at a time. Thread-safe.
public interface AdviceService extends ExperimentService<AdvicePlan, AdviceRun> {}
