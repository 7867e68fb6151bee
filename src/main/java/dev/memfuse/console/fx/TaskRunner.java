package dev.memfuse.console.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs work off the FX thread and delivers the outcome on it. Pages run all slow work here.
public interface TaskRunner {

    /// Prepares a task; nothing runs before [Task#start].
    ///
    /// @param name short description, used in the name of the thread
    <T> Task<T> call(String name, Callable<T> work);

    /// A task that is not started yet. The consumers run on the FX thread.
    ///
    /// @param <T> result type of the work
    interface Task<T> {
        /// Sets the consumer of the result.
        Task<T> onSuccess(Consumer<T> consumer);

        /// Sets the consumer of a failure. Without it the error presenter takes the failure.
        Task<T> onFailure(Consumer<Throwable> consumer);

        /// Starts the task on a new thread and returns immediately.
        void start();
    }
}
