package dev.memfuse.console.fx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Holds tasks back until the test lets the oldest or the newest of them run.
public final class LateTaskRunner implements TaskRunner {
    private final TaskRunner direct = new DirectTaskRunner();
    private final Deque<Task<?>> started = new ArrayDeque<>();

    @Override
    public <T> Task<T> call(String name, Callable<T> work) {
        Task<T> task = direct.call(name, work);
        return new Task<>() {
            @Override
            public Task<T> onSuccess(Consumer<T> consumer) {
                task.onSuccess(consumer);
                return this;
            }

            @Override
            public Task<T> onFailure(Consumer<Throwable> consumer) {
                task.onFailure(consumer);
                return this;
            }

            @Override
            public void start() {
                started.add(task);
            }
        };
    }

    /// Returns the number of tasks that were started and did not run.
    public int waiting() {
        return started.size();
    }

    /// Runs the task that was started first.
    public void runOldest() {
        started.removeFirst().start();
    }

    /// Runs the task that was started last.
    public void runNewest() {
        started.removeLast().start();
    }

    /// Runs every task, also those that tasks start.
    public void runAll() {
        while (!started.isEmpty()) {
            runOldest();
        }
    }
}
