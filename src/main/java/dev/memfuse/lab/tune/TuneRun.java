package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A tuning, active or ended. Thread-safe; no method blocks.
public interface TuneRun {

    /// Returns the plan.
    TunePlan plan();

    /// Returns the progress now.
    Status progress();

    /// Ends the tuning early; its result covers what was tried until then.
    void stop();

    /// Returns a future of the result; it completes exceptionally when nothing was measured.
    CompletableFuture<TuneResult> result();

    /// The progress of a tuning.
    ///
    /// @param phase what happens now, in words
    /// @param share share of the budget that has passed, 0..1
    /// @param left time left in the budget
    /// @param tried candidates with at least one load so far, in the order of the design
    record Status(String phase, double share, Duration left, List<TriedCandidate> tried) {}
}
