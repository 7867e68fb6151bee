package dev.memfuse.engine.model;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingRequest.Item;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;

/// Embeds on platform threads, whatever thread asks: the texts of all callers together, in batches of similar length.
/// A query has a thread of its own, so it never waits for a batch of bulk work to end. The caller waits; that counts as
/// stage `embed`. Thread-safe.
public final class EmbeddingPool implements AutoCloseable {
    private static final int USUAL_BATCH = 16;
    private static final int CLOSE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final EmbeddingQueue queue = new EmbeddingQueue();
    private final ExecutorService workers = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("engine-embed-", 1).factory());
    private final IntSupplier threads;
    private final IntSupplier batchSize;
    private int bulkWorkers;
    private int queryWorkers;
    private boolean closed;

    /// @param threads that embed in bulk; 0 takes one for each processor; asked at each batch
    /// @param batchSize most texts in one call of the model; asked at each batch
    public EmbeddingPool(IntSupplier threads, IntSupplier batchSize) {
        this.threads = threads;
        this.batchSize = batchSize;
    }

    /// A pool that never changes.
    public EmbeddingPool(int threads) {
        this(() -> threads, () -> USUAL_BATCH);
    }

    /// Embeds texts behind everything that is more urgent; blocks until done.
    public List<float[]> embed(EmbeddingModel model, List<String> texts) {
        return embed(model, texts, Urgency.BULK);
    }

    /// Embeds texts; blocks until done.
    ///
    /// @throws EngineException when the model fails, or the pool is closed or the caller interrupted meanwhile
    public List<float[]> embed(EmbeddingModel model, List<String> texts, Urgency urgency) {
        if (texts.isEmpty()) {
            return List.of();
        }
        return waiting(Stage.EMBED, () -> submit(new EmbeddingRequest(model, texts), urgency));
    }

    /// Texts that wait for a thread.
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// Loads a model: native work too, but part of building a service.
    public <T> T load(Callable<T> loader) {
        return waiting(Stage.SERVICE, () -> workers.submit(loader));
    }

    private CompletableFuture<List<float[]>> submit(EmbeddingRequest request, Urgency urgency) {
        lock.lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            queue.add(request, urgency);
            startWorkers();
        } finally {
            lock.unlock();
        }
        return request.done();
    }

    /// A worker ends when there is nothing for it, so a change of their number needs no more than this.
    private void startWorkers() {
        if (!queue.isEmpty(Urgency.QUERY) && queryWorkers == 0) {
            queryWorkers++;
            workers.execute(() -> work(Urgency.QUERY));
            return;
        }
        while (queue.size() > 0 && bulkWorkers < wantedWorkers()) {
            bulkWorkers++;
            workers.execute(() -> work(Urgency.BULK));
        }
    }

    private int wantedWorkers() {
        int wanted = threads.getAsInt();
        return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    }

    private void work(Urgency least) {
        for (List<Item> batch = next(least); !batch.isEmpty(); batch = next(least)) {
            embed(batch);
        }
    }

    private List<Item> next(Urgency least) {
        lock.lock();
        try {
            boolean wanted = least == Urgency.QUERY || bulkWorkers <= wantedWorkers();
            List<Item> batch = wanted
                    ? queue.take(least, batchSize.getAsInt(), least == Urgency.QUERY ? 1 : wantedWorkers())
                    : List.of();
            if (batch.isEmpty()) {
                if (least == Urgency.QUERY) {
                    queryWorkers--;
                } else {
                    bulkWorkers--;
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// A batch that fails is tried text by text, so that the text of one caller does not fail the others.
    private static void embed(List<Item> batch) {
        try {
            List<float[]> vectors = batch.getFirst().model().embed(batch.stream().map(Item::text).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(vectors.get(i));
            }
        } catch (RuntimeException | Error e) {
            if (batch.size() > 1) {
                batch.forEach(item -> embed(List.of(item)));
            } else {
                batch.getFirst().fail(e);
            }
        }
    }

    /// Gives a future, or throws what the caller shall see.
    private static <T> T waiting(Stage stage, Callable<Future<T>> start) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(stage);
        Future<T> future = null;
        try {
            future = start.call();
            return future.get();
        } catch (InterruptedException e) {
            if (future != null) {
                future.cancel(false);
            }
            Thread.currentThread().interrupt();
            throw new EngineException("Embedding was interrupted.", "", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (Exception e) {
            throw failure(e);
        } finally {
            trace.exit(outer);
        }
    }

    private static EngineException failure(@Nullable Throwable cause) {
        return cause instanceof EngineException known
                ? known
                : new EngineException("Embedding failed: " + cause, "", cause);
    }

    /// Refuses new texts and waits for those that were taken. Blocks for at most ten seconds.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
