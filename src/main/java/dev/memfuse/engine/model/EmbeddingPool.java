package dev.memfuse.engine.model;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.EngineException;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Runs embedding on as many platform threads as there are cores, whatever thread asks. The caller waits; that counts as stage
/// `embed`. Thread-safe.
public final class EmbeddingPool implements AutoCloseable {
    private final ExecutorService workers;

    public EmbeddingPool(int threads) {
        workers = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().daemon().name("engine-embed-", 1).factory());
    }

    /// Embeds texts with a model; blocks until done.
    public List<float[]> embed(EmbeddingModel model, List<String> texts) {
        return texts.isEmpty() ? List.of() : run(Stage.EMBED, () -> model.embed(texts));
    }

    /// Loads a model: native work too, but part of building a service.
    public <T> T load(Callable<T> loader) {
        return run(Stage.SERVICE, loader);
    }

    private <T> T run(Stage stage, Callable<T> work) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(stage);
        Future<T> future = workers.submit(work);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new EngineException("Embedding was interrupted.", "", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("Embedding failed: " + e.getCause(), "", e.getCause());
        } finally {
            trace.exit(outer);
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
