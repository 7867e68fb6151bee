package dev.memfuse.console.fx;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import org.jspecify.annotations.Nullable;

/// Runs tasks on virtual threads named `memfuse-worker-<number> <task>` and delivers their outcome on the FX thread.
///
/// Thread-safe. Closing interrupts running tasks; later outcomes are dropped, because their window is closed.
public final class FxTaskRunner implements TaskRunner, AutoCloseable {
    private final Executor fx;
    private final Consumer<Throwable> errors;
    private final AtomicLong number = new AtomicLong();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param fx executor of the FX thread, [FxThread#EXECUTOR] in production
    /// @param errors receives, on the FX thread, each failure of a task without a failure consumer
    public FxTaskRunner(Executor fx, Consumer<Throwable> errors) {
        this.fx = fx;
        this.errors = errors;
    }

    @Override
    public <T> Task<T> call(String name, Callable<T> work) {
        return new Worker<>(name, work);
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
    }

    private void deliver(Runnable outcome) {
        if (closed) {
            return;
        }
        fx.execute(() -> {
            try {
                outcome.run();
            } catch (Throwable e) {
                errors.accept(e);
            }
        });
    }

    private final class Worker<T> implements Task<T> {
        private final String name;
        private final Callable<T> work;
        private @Nullable Consumer<T> success;
        private @Nullable Consumer<Throwable> failure;

        Worker(String name, Callable<T> work) {
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
            if (closed) {
                return;
            }
            BackgroundThreads.virtual("memfuse-worker-" + number.incrementAndGet() + " " + name)
                    .uncaughtExceptionHandler((_, e) -> deliver(() -> errors.accept(e))).start(this::run);
        }

        private void run() {
            Thread self = Thread.currentThread();
            running.add(self);
            try {
                T value = work.call();
                Consumer<T> consumer = success;
                if (consumer != null) {
                    deliver(() -> consumer.accept(value));
                }
            } catch (InterruptedException e) {
                self.interrupt();
                fail(e);
            } catch (Throwable e) {
                fail(e);
            } finally {
                running.remove(self);
            }
        }

        private void fail(Throwable cause) {
            Consumer<Throwable> consumer = failure;
            deliver(() -> (consumer == null ? errors : consumer).accept(cause));
        }
    }
}
