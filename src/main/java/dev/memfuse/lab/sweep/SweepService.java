package dev.memfuse.lab.sweep;

import java.util.Optional;
import java.util.function.Consumer;

/// Runs sweeps on the engine of this process, one at a time. Thread-safe.
public interface SweepService {

    /// Starts a sweep in the background.
    ///
    /// @throws IllegalStateException when a sweep or a load runs; the message is for the user
    SweepRun start(SweepPlan plan);

    /// Returns the active sweep.
    Optional<SweepRun> current();

    /// Calls `listener` when a sweep starts or ends, on an arbitrary thread.
    void onRun(Consumer<SweepRun> listener);
}
