package dev.memfuse.lab.tune;

import dev.memfuse.lab.trial.ExperimentService;

/// Tunes the engine of this process, one tuning at a time. The settings from before are in force again after its end.
/// Thread-safe.
public interface TuneService extends ExperimentService<TunePlan, TuneRun> {}
