package dev.memfuse.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A load run, active or ended. Thread-safe; no method blocks.
public interface LoadRun {

    /// Returns the number of the run since start, from 1.
    int number();

    /// Returns the workload of the run.
    Workload workload();

    /// Returns the current progress.
    Status progress();

    /// Changes the offered load; has no effect after the end.
    ///
    /// @param value operations per second of an open run, concurrency of a closed one
    /// @throws IllegalArgumentException when the value is out of range; the message is for the user
    void changeLoad(double value);

    /// Ends the run early; the result covers the measured part until then.
    void stop();

    /// Returns a future of the result; it completes exceptionally when the run failed.
    CompletableFuture<LoadResult> result();

    /// Returns the recording so far; complete when [#result] is. A run without a recording returns
    /// [LoadRecording#EMPTY].
    default LoadRecording recording() {
        return LoadRecording.EMPTY;
    }

    /// The progress of a run.
    ///
    /// @param phase current phase
    /// @param elapsed time since the start of the warm-up
    /// @param total planned time: warm-up and duration
    /// @param operations successful operations so far, including the warm-up
    /// @param errors failed operations so far, including the warm-up
    record Status(Phase phase, Duration elapsed, Duration total, long operations, long errors) {}

    /// The phases of a run, in order.
    enum Phase {
        PREPARING,
        WARMUP,
        MEASURING,
        DRAINING,
        DONE,
        FAILED
    }
}
