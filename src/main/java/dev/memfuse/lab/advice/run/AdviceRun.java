package dev.memfuse.lab.advice.run;

import java.util.concurrent.CompletableFuture;

import dev.memfuse.progress.Progress;

/// A run that advice is derived from, active or ended. Thread-safe; no method blocks.
public interface AdviceRun {

    /// Returns the plan.
    AdvicePlan plan();

    /// Returns the progress now.
    Progress progress();

    /// Ends the run early; its advice covers the load until then.
    void stop();

    /// Returns a future of the report; it completes exceptionally when the load failed.
    CompletableFuture<AdviceReport> result();
}
