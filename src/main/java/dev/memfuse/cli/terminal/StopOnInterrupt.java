package dev.memfuse.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// Ends work early on Ctrl+C without losing its results: a shutdown hook stops the work and keeps the JVM alive until
/// [#close], at most 30 s. Work with several parts, such as a load that stores and removes its users after its end, is
/// stopped again from 10 s on, so that its results are printed in time.
public final class StopOnInterrupt implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long INTERVAL_MILLIS = 200;

    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final Thread hook;
    private volatile boolean requested;

    /// Begins to listen for the request to end the program.
    public StopOnInterrupt() {
        this(PATIENCE);
    }

    /// @param patience time from the request until the work is stopped again
    StopOnInterrupt(Duration patience) {
        this.patience = patience;
        hook = BackgroundThreads.hook("stop-on-interrupt", this::shutDown);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Stops the work and waits for [#close]; what the hook does.
    void shutDown() {
        long start = System.nanoTime();
        requested = true;
        runStop();
        try {
            boolean ended = closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            while (!ended && System.nanoTime() - start < LIMIT.toNanos()) {
                runStop();
                ended = closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runStop() {
        Runnable action = stop.get();
        if (action != null) {
            action.run();
        }
    }

    /// Sets the action that stops the work. Runs it at once when shutdown was already requested.
    ///
    /// @param action must return soon; called on any thread, and again while the work goes on
    public void stopWith(Runnable action) {
        stop.set(action);
        if (requested) {
            runStop();
        }
    }

    /// Returns whether the shutdown of the program was requested.
    public boolean requested() {
        return requested;
    }

    /// Returns a receiver of progress that ends the work by an exception when shutdown was requested.
    ///
    /// @param sentence message of the [EngineException]
    /// @param progress receives the progress until then
    public Consumer<Progress> unlessRequested(String sentence, Consumer<Progress> progress) {
        return now -> {
            if (requested) {
                throw new EngineException(sentence);
            }
            progress.accept(now);
        };
    }

    /// Lets the JVM end.
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down and the hook has run.
        }
    }
}
