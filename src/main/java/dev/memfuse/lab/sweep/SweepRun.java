package dev.memfuse.lab.sweep;

import java.time.Duration;
import java.util.List;

import dev.memfuse.lab.trial.ExperimentRun;

/// A sweep, active or ended. Its result fails when a load failed or none ended. Thread-safe; no method blocks.
public interface SweepRun extends ExperimentRun<SweepPlan, SweepRun.Status, SweepResult> {

    /// The progress of a sweep.
    ///
    /// @param loads loads that have ended
    /// @param total planned loads
    /// @param now the current point in words; empty before the first and after the last
    /// @param left expected time to the end
    /// @param points the points so far, ascending by value, not final
    record Status(int loads, int total, String now, Duration left, List<SweepPoint> points) {}
}
