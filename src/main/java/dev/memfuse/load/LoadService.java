package dev.memfuse.load;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts loads, one at a time, and remembers those of this sitting. Thread-safe.
public interface LoadService {

    /// Starts a load in the background.
    ///
    /// @throws IllegalStateException when one is running or the engine is not ready; the message is for the user
    /// @throws IllegalArgumentException when the workload cannot run; the message says what is wrong
    LoadRun start(Workload workload);

    /// The run in progress.
    Optional<LoadRun> current();

    /// All runs of this sitting, oldest first.
    List<LoadRun> runs();

    /// Calls `listener` when a run starts or ends, on any thread.
    void onRun(Consumer<LoadRun> listener);
}
