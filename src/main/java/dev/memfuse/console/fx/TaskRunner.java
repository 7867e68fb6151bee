package dev.memfuse.console.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs work away from the FX thread and brings the outcome back to it. The only way for pages to do anything slow.
public interface TaskRunner {

    /// Prepares a task; nothing runs before [Task#start].
    ///
    /// @param name what is done, for the thread's name and for error messages
    <T> Task<T> call(String name, Callable<T> work);

    /// A task being prepared. The consumers run on the FX thread.
    ///
    /// @param <T> what the work returns
    interface Task<T> {
        Task<T> onSuccess(Consumer<T> consumer);

        /// Without a consumer a failure goes to the error presenter.
        Task<T> onFailure(Consumer<Throwable> consumer);

        void start();
    }
}
