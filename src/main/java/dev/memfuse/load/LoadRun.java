package dev.memfuse.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One load that runs or ran. Thread-safe; no method blocks.
public interface LoadRun {

    /// Number within this sitting, from 1.
    int number();

    /// What it does.
    Workload workload();

    /// How far it is.
    Progress progress();

    /// Changes the offered load while running: operations per second for an open run, concurrency for a closed one.
    void changeLoad(double value);

    /// Ends it early; the result covers what was measured until then.
    void stop();

    /// Completes with the result; completes exceptionally when the run could not go on.
    CompletableFuture<LoadResult> result();

    /// The run over time so far; complete once [#result] is. A run that keeps none gives [LoadRecording#EMPTY].
    default LoadRecording recording() {
        return LoadRecording.EMPTY;
    }

    /// How far a run is.
    ///
    /// @param phase what it does now
    /// @param elapsed since the start of the run, warm-up included
    /// @param total warm-up and duration
    /// @param operations finished so far, warm-up included
    /// @param errors failed so far
    record Progress(Phase phase, Duration elapsed, Duration total, long operations, long errors) {}

    /// The phases of a run, in their order.
    enum Phase {
        PREPARING,
        WARMUP,
        MEASURING,
        DRAINING,
        DONE,
        FAILED
    }
}
