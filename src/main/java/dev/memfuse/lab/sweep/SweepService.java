package dev.memfuse.lab.sweep;

import dev.memfuse.lab.trial.ExperimentService;

/// Runs sweeps on the engine of this process, one at a time. Thread-safe.
public interface SweepService extends ExperimentService<SweepPlan, SweepRun> {}
