package dev.memfuse.lab.trial;

import java.util.Optional;
import java.util.function.Consumer;

/// Runs experiments of one kind on the engine of this process, one at a time. Thread-safe.
///
/// @param <P> plan
/// @param <E> an experiment
public interface ExperimentService<P, E> {

    /// Starts an experiment in the background.
    ///
    /// @throws IllegalStateException when an experiment or a load runs, or the engine is not ready; the message is for
    ///         the user
    E start(P plan);

    /// Returns the active experiment.
    Optional<E> current();

    /// Returns whether a load or an experiment of any kind stands against a start.
    boolean blocked();

    /// Calls `listener` when an experiment starts or ends, on an arbitrary thread.
    void onRun(Consumer<E> listener);
}
