package dev.memfuse.load;

/// Takes what a run measured, for callers that need more than its figures: the run itself forgets its histograms.
@FunctionalInterface
public interface RunSink {
    /// Ignores what the run measured.
    RunSink NONE = measurement -> {};

    /// Called once, on the run's thread, just before [LoadRun#result] completes; not called for a run that failed. An
    /// exception is reported and does not affect the run.
    void measured(RunMeasurement measurement);
}
