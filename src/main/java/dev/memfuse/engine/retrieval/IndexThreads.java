package dev.memfuse.engine.retrieval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;

/// Bounded pools of platform threads for long computations. On virtual threads these would occupy the carriers, of
/// which there is one per processor, and everything else in the program would stand still. Thread-safe.
final class IndexThreads implements AutoCloseable {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ExecutorService builds = BackgroundThreads.boundedPool("engine-index-build", Math.max(2, PROCESSORS));
    private final ExecutorService rankings = BackgroundThreads.boundedPool("engine-index-rank", PROCESSORS);

    /// Runs a build of an index on a thread of the pool and waits for its end.
    <T> T build(Supplier<T> work) {
        return run(builds, work);
    }

    /// Runs the ranking of a large index on a thread of the pool and waits for its end.
    <T> T rank(Supplier<T> work) {
        return run(rankings, work);
    }

    /// Waits even when the caller is interrupted, since it holds locks that the work needs.
    private static <T> T run(ExecutorService pool, Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, pool).join();
        } catch (RejectedExecutionException e) {
            throw new EngineException("The engine is shutting down.", "", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /// Refuses further work. Running work ends by itself.
    @Override
    public void close() {
        builds.shutdown();
        rankings.shutdown();
    }
}
