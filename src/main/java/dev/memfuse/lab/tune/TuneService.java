package dev.memfuse.lab.tune;

import java.util.Optional;
import java.util.function.Consumer;

/// Tunes the engine of this process, one tuning at a time. Thread-safe.
public interface TuneService {

    /// Starts a tuning in the background. The settings from before are in force again after its end.
    ///
    /// @throws IllegalStateException when an experiment or a load runs; the message is for the user
    TuneRun start(TunePlan plan);

    /// Returns the active tuning.
    Optional<TuneRun> current();

    /// Calls `listener` when a tuning starts or ends, on an arbitrary thread.
    void onRun(Consumer<TuneRun> listener);
}
