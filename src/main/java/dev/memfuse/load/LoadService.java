package dev.memfuse.load;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts load runs, one at a time, and keeps the runs since start. Thread-safe.
public interface LoadService {

    /// Starts a load in the background.
    ///
    /// @throws IllegalStateException when a load or an experiment runs or the engine is not ready; the message is for
    ///         the user
    /// @throws IllegalArgumentException when the workload is invalid; the message is for the user
    LoadRun start(Workload workload);

    /// Reserves the loads for an experiment.
    ///
    /// @param holder the experiment in one word, for the message of a refusal: "comparison"
    /// @throws IllegalStateException when a load or an experiment runs; the message is for the user
    LoadReservation reserve(String holder);

    /// Checks whether loads can write to the database in use, before an experiment changes anything for its first one.
    ///
    /// @throws RuntimeException when they cannot; the message is for the user
    default void requireWritable() {}

    /// Returns the experiment that holds the loads, in one word; empty when none does.
    Optional<String> reservedBy();

    /// Returns whether a load or an experiment stands against the start of another one.
    default boolean busy() {
        return reservedBy().isPresent() || current().isPresent();
    }

    /// Returns the active run, also one of an experiment.
    Optional<LoadRun> current();

    /// Returns the runs since start, oldest first, those of experiments among them.
    List<LoadRun> runs();

    /// Calls `listener` when a run starts or ends, on an arbitrary thread.
    void onRun(Consumer<LoadRun> listener);
}
