package dev.memfuse.console.fx;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs tasks one after the other, in the order in which they were started. FX thread only.
///
/// The window changes settings by one of these, so that of two changes of a person the later one stays in force.
public final class SerialTaskRunner implements TaskRunner {
    private final TaskRunner tasks;
    private final Consumer<Throwable> errors;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /// @param tasks runs each task
    /// @param errors receives each failure of a task without a failure consumer
    public SerialTaskRunner(TaskRunner tasks, Consumer<Throwable> errors) {
        this.tasks = tasks;
        this.errors = errors;
    }

    @Override
    public <T> Task<T> call(String name, Callable<T> work) {
        return new Waiting<>(name, work);
    }

    private void startNext() {
        Runnable next = waiting.poll();
        running = next != null;
        if (next != null) {
            next.run();
        }
    }

    private final class Waiting<T> implements Task<T> {
        private final String name;
        private final Callable<T> work;
        private Consumer<T> success = _ -> {};
        private Consumer<Throwable> failure = errors;

        Waiting(String name, Callable<T> work) {
            this.name = name;
            this.work = work;
        }

        @Override
        public Task<T> onSuccess(Consumer<T> consumer) {
            success = consumer;
            return this;
        }

        @Override
        public Task<T> onFailure(Consumer<Throwable> consumer) {
            failure = consumer;
            return this;
        }

        @Override
        public void start() {
            waiting.add(this::run);
            if (!running) {
                startNext();
            }
        }

        private void run() {
            tasks.call(name, work).onSuccess(value -> answer(success, value)).onFailure(e -> answer(failure, e))
                    .start();
        }

        /// The next task starts also when the consumer fails.
        private <V> void answer(Consumer<V> consumer, V value) {
            try {
                consumer.accept(value);
            } finally {
                startNext();
            }
        }
    }
}
