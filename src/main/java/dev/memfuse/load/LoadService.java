package dev.memfuse.load;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts load runs, one at a time, and keeps the runs since start. Thread-safe.
public interface LoadService {

    /// Starts a load in the background.
    ///
    /// @throws IllegalStateException when a run is active or the engine is not ready; the message is for the user
    /// @throws IllegalArgumentException when the workload is invalid; the message is for the user
    LoadRun start(Workload workload);

    /// Starts a load like [#start(Workload)]; `sink` takes what it measured instead of the service's own sink.
    ///
    /// @throws IllegalStateException when a run is active or the engine is not ready; the message is for the user
    /// @throws IllegalArgumentException when the workload is invalid; the message is for the user
    LoadRun start(Workload workload, RunSink sink);

    /// Returns the active run.
    Optional<LoadRun> current();

    /// Returns the runs since start, oldest first.
    List<LoadRun> runs();

    /// Calls `listener` when a run starts or ends, on an arbitrary thread.
    void onRun(Consumer<LoadRun> listener);
}
