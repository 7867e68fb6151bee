package dev.memfuse.server.rest;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.EndableCall;

/// Runs requests, at most a number at a time, each on a virtual thread of its own. A client waits for a limited time. A
/// request that takes longer ends at its statement of the database, or before the next one, and keeps its place until
/// then. Thread-safe.
public final class TimedCalls implements AutoCloseable {
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("http-request");
    private final Semaphore places;
    private final Duration limit;

    /// @param concurrent maximum number of requests at a time
    /// @param limit maximum time that a client waits
    public TimedCalls(int concurrent, Duration limit) {
        places = new Semaphore(concurrent);
        this.limit = limit;
    }

    /// Runs a request.
    ///
    /// @throws ApiException with status 503 when there is no place, or when it takes too long
    public <T> T call(Callable<T> work) throws InterruptedException, ExecutionException {
        if (!places.tryAcquire()) {
            throw new ApiException(ApiException.UNAVAILABLE,
                    "The server runs as many requests as it may. Try again.");
        }
        EndableCall endable = new EndableCall();
        Future<T> running = submit(() -> endable.run(work));
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            endable.end();
            throw new ApiException(ApiException.UNAVAILABLE, "The request took longer than " + limit.toSeconds()
                    + " s. It may still be carried out.");
        }
    }

    private <T> Future<T> submit(Callable<T> work) {
        boolean submitted = false;
        try {
            Future<T> running = threads.submit(() -> {
                try {
                    return work.call();
                } finally {
                    places.release();
                }
            });
            submitted = true;
            return running;
        } finally {
            if (!submitted) {
                places.release();
            }
        }
    }

    /// Takes no further request. Does not wait for those that run.
    @Override
    public void close() {
        threads.shutdown();
    }
}
