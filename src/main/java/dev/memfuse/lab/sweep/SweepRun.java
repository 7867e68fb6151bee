package dev.memfuse.lab.sweep;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A sweep, active or ended. Thread-safe; no method blocks.
public interface SweepRun {

    /// Returns the plan.
    SweepPlan plan();

    /// Returns the progress now.
    Status progress();

    /// Ends the sweep early; its result covers the loads until then.
    void stop();

    /// Returns a future of the result; it completes exceptionally when a load failed or none ended.
    CompletableFuture<SweepResult> result();

    /// The progress of a sweep.
    ///
    /// @param loads loads that have ended
    /// @param total planned loads
    /// @param now the current point in words; empty before the first and after the last
    /// @param left expected time to the end
    /// @param points the points so far, ascending by value, not final
    record Status(int loads, int total, String now, Duration left, List<SweepPoint> points) {}
}
