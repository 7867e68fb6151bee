package dev.memfuse.lab.advice.run;

import java.util.Optional;
import java.util.function.Consumer;

/// Derives advice from loads on the engine of this process, one at a time. Thread-safe.
public interface AdviceService {

    /// Starts the load in the background, under the settings in force.
    ///
    /// @throws IllegalStateException when an experiment or a load runs; the message is for the user
    AdviceRun start(AdvicePlan plan);

    /// Returns the active run.
    Optional<AdviceRun> current();

    /// Calls `listener` when a run starts or ends, on an arbitrary thread.
    void onRun(Consumer<AdviceRun> listener);
}
