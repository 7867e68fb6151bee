package dev.memfuse.console.fx;

import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.log.LogMarkers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks on virtual threads named `memfuse-worker-<number> <task>` and delivers their outcome on the FX thread.
///
/// Thread-safe. Closing interrupts running tasks; later outcomes are dropped, because their window is closed.
public final class FxTaskRunner implements TaskRunner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FxTaskRunner.class);

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

    /// Closes this, and then does a last piece of work on a thread that keeps the process alive.
    ///
    /// @return ends with the work
    public CompletableFuture<Void> closeAfter(String name, Runnable last) {
        close();
        CompletableFuture<Void> done = new CompletableFuture<>();
        BackgroundThreads.platform("memfuse-worker-last " + name).daemon(false).start(() -> {
            try {
                last.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        return done;
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

    /// Nobody is there to see it; an interruption is the effect of closing.
    private static void logAlone(String name, Throwable cause) {
        if (!isInterruption(cause)) {
            LOG.error(LogMarkers.UNEXPECTED, "Window: the task \"{}\" failed after the window was closed", name, cause);
        }
    }

    private static boolean isInterruption(@Nullable Throwable cause) {
        return cause != null && (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException
                || isInterruption(cause.getCause()));
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
            if (closed) {
                logAlone(name, cause);
                return;
            }
            Consumer<Throwable> consumer = failure;
            if (consumer != null && !Sentences.isExpected(cause)) {
                // The page shows a sentence, which says that the log has the details.
                LOG.error(LogMarkers.UNEXPECTED, "Window: the task \"{}\" failed", name, cause);
            }
            deliver(() -> (consumer == null ? errors : consumer).accept(cause));
        }
    }
}
