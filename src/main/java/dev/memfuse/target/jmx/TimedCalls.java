package dev.memfuse.target.jmx;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.background.BackgroundThreads;

/// Calls with a time limit. RMI has none: a call to a stopped process would wait forever.
///
/// The work runs on a virtual thread, whose interrupt closes the socket on which it waits; a platform thread would
/// ignore it.
final class TimedCalls {
    private TimedCalls() {}

    /// Runs work and waits for its result.
    ///
    /// @throws TimeoutException when the time is over; the work is interrupted then
    static <T> T within(Duration limit, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = BackgroundThreads.virtual("target-call").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (TimeoutException | InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private static Exception cause(ExecutionException failure) {
        return switch (failure.getCause()) {
            case Exception cause -> cause;
            case Error error -> throw error;
            case null, default -> failure;
        };
    }
}
