package dev.memfuse.lab.scorecard;

import dev.memfuse.lab.trial.ExperimentService;

/// Measures the promises of the plan on the engine of this process, one scorecard at a time. Thread-safe.
public interface ScorecardService extends ExperimentService<ScorecardPlan, ScorecardRun> {}
