package dev.memfuse.engine.model;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingRequest.Item;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Embeds texts on platform threads: combines the texts of all callers into batches of similar length. Queries have a
/// separate thread, so they never wait for the end of a bulk batch. Callers block; their wait counts as stage `embed`.
/// Thread-safe.
public final class EmbeddingPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingPool.class);
    private static final int DEFAULT_BATCH = 16;
    private static final int CLOSE_SECONDS = 10;
    /// Time after a query in which another is expected.
    private static final long QUERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /// Texts of a bulk batch while queries are embedded: the time that a query may wait for a processor.
    private static final int QUERIED_BATCH = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final EmbeddingQueue queue = new EmbeddingQueue();
    private final ExecutorService workers = BackgroundThreads.platformPool("engine-embed");
    private final IntSupplier threads;
    private final IntSupplier batchSize;
    private final WorkStats work;
    /// Written under the lock.
    private volatile long lastQuery;
    private volatile boolean queried;
    private int bulkWorkers;
    private int queryWorkers;
    private boolean closed;

    /// @param threads number of bulk threads, 0 for one per processor; read at each batch
    /// @param batchSize maximum number of texts per call of the model; read at each batch
    /// @param work counts calls of models and their texts
    public EmbeddingPool(IntSupplier threads, IntSupplier batchSize, WorkStats work) {
        this.threads = threads;
        this.batchSize = batchSize;
        this.work = work;
    }

    /// Creates a pool that counts for itself alone.
    ///
    /// @param threads number of bulk threads, 0 for one per processor; read at each batch
    /// @param batchSize maximum number of texts per call of the model; read at each batch
    public EmbeddingPool(IntSupplier threads, IntSupplier batchSize) {
        this(threads, batchSize, new WorkStats());
    }

    /// Creates a pool with a fixed number of threads.
    public EmbeddingPool(int threads) {
        this(() -> threads, () -> DEFAULT_BATCH);
    }

    /// Embeds texts with the urgency of bulk work; blocks until all are embedded.
    public List<float[]> embed(EmbeddingModel model, List<String> texts) {
        return embed(model, texts, Urgency.BULK);
    }

    /// Embeds texts and returns their vectors in order; blocks until all are embedded.
    ///
    /// @throws EngineException when the model fails, the pool is closed, or the caller is interrupted
    public List<float[]> embed(EmbeddingModel model, List<String> texts, Urgency urgency) {
        return vectors(encode(model, texts, urgency));
    }

    /// Embeds passages with the urgency of bulk work and returns their vectors in order; blocks until all are embedded.
    ///
    /// @throws EngineException when the model fails, the pool is closed, or the caller is interrupted
    public List<float[]> embedPassages(EmbeddingModel model, List<Passage> passages) {
        return model.embed(passages, texts -> encode(model, texts, Urgency.BULK));
    }

    private List<Encoding> encode(EmbeddingModel model, List<String> texts, Urgency urgency) {
        if (texts.isEmpty()) {
            return List.of();
        }
        return await(Stage.EMBED, () -> submit(new EmbeddingRequest(model, texts), urgency));
    }

    private static List<float[]> vectors(List<Encoding> encodings) {
        return encodings.stream().map(Encoding::vector).toList();
    }

    /// Vectors of texts, and what their caller did meanwhile.
    public record Beside<T>(List<float[]> vectors, T result) {}

    /// Embeds texts while the calling thread works, and blocks until both are done. What the work takes longer than the
    /// model is not charged to stage `embed`.
    ///
    /// @param meanwhile work of the caller; when it fails, the texts are no longer awaited
    /// @throws EngineException when the model fails, the pool is closed, or the caller is interrupted
    public <T> Beside<T> embed(EmbeddingModel model, List<String> texts, Urgency urgency, Supplier<T> meanwhile) {
        EmbeddingRequest request = new EmbeddingRequest(model, texts);
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.EMBED);
        try {
            Future<List<Encoding>> encodings = submit(request, urgency);
            T result = meanwhile.get();
            if (encodings.isDone()) {
                trace.exit(outer, request.endedNanos());
            }
            return new Beside<>(vectors(await(Stage.EMBED, () -> encodings)), result);
        } finally {
            // Does nothing when the vectors were awaited.
            request.done().cancel(false);
            trace.exit(outer);
        }
    }

    /// Returns the number of queued texts.
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// Loads a model on a platform thread; the time counts as stage `service`. A model that is loaded after its caller
    /// was interrupted is closed.
    ///
    /// @throws EngineException when the loader fails, the pool is closed, or the caller is interrupted
    public <T extends AutoCloseable> T load(Callable<T> loader) {
        CompletableFuture<T> loaded = new CompletableFuture<>();
        try {
            return await(Stage.SERVICE, () -> {
                whileOpen(() -> workers.execute(() -> load(loader, loaded)));
                return loaded;
            });
        } catch (EngineException e) {
            loaded.thenAccept(EmbeddingPool::close);
            throw e;
        }
    }

    private static <T extends AutoCloseable> void load(Callable<T> loader, CompletableFuture<T> loaded) {
        try {
            T model = loader.call();
            if (!loaded.complete(model)) {
                close(model);
            }
        } catch (Exception | Error e) {
            loaded.completeExceptionally(e);
        }
    }

    private static void close(AutoCloseable model) {
        try {
            model.close();
        } catch (Exception e) {
            LOG.warn("Engine: a model that nobody waited for could not be closed", e);
        }
    }

    private CompletableFuture<List<Encoding>> submit(EmbeddingRequest request, Urgency urgency) {
        whileOpen(() -> {
            queue.add(request, urgency);
            if (urgency == Urgency.QUERY) {
                lastQuery = System.nanoTime();
                queried = true;
            }
            startWorkers();
        });
        return request.done();
    }

    private void whileOpen(Runnable start) {
        lock.lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            start.run();
        } finally {
            lock.unlock();
        }
    }

    /// Starts workers for the queued texts. Idle workers end by themselves, so a change of their number needs no other
    /// action.
    private void startWorkers() {
        if (!queue.isEmpty(Urgency.QUERY) && queryWorkers == 0) {
            startWorker(Urgency.QUERY);
            return;
        }
        while (queue.size() > 0 && bulkWorkers < workerLimit()) {
            startWorker(Urgency.BULK);
        }
    }

    private void startWorker(Urgency urgency) {
        count(urgency, 1);
        try {
            workers.execute(() -> work(urgency));
        } catch (Throwable e) {
            // No thread could be created: the next call tries again.
            count(urgency, -1);
            throw e;
        }
    }

    private void count(Urgency urgency, int change) {
        switch (urgency) {
            case QUERY -> queryWorkers += change;
            case BULK -> bulkWorkers += change;
        }
    }

    /// Returns the number of bulk threads. While queries are embedded, one processor is left to them.
    private int workerLimit() {
        int configured = threads.getAsInt();
        int limit = configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
        return isQueried() ? Math.max(1, Math.min(limit, Runtime.getRuntime().availableProcessors() - 1)) : limit;
    }

    /// Returns whether a query was embedded a moment ago, so that background work should yield. Does not block.
    public boolean isQueried() {
        return queried && System.nanoTime() - lastQuery < QUERY_NANOS;
    }

    private void work(Urgency urgency) {
        boolean ended = false;
        try {
            for (List<Item> batch = next(urgency); !batch.isEmpty(); batch = next(urgency)) {
                embed(batch);
            }
            ended = true;
        } finally {
            if (!ended) {
                workerFailed(urgency);
            }
        }
    }

    /// A worker that fails outside the model must not stay counted, or nobody would embed the queued texts.
    private void workerFailed(Urgency urgency) {
        lock.lock();
        try {
            count(urgency, -1);
        } finally {
            lock.unlock();
        }
    }

    private List<Item> next(Urgency urgency) {
        lock.lock();
        try {
            boolean withinLimit = urgency == Urgency.QUERY || bulkWorkers <= workerLimit();
            List<Item> batch = withinLimit
                    ? queue.take(urgency,
                            isQueried() ? Math.min(QUERIED_BATCH, batchSize.getAsInt()) : batchSize.getAsInt(),
                            urgency == Urgency.QUERY ? 1 : workerLimit())
                    : List.of();
            if (batch.isEmpty()) {
                count(urgency, -1);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Embeds a batch. Repeats a failed one text by text, so that the text of one caller does not fail the others.
    private void embed(List<Item> batch) {
        work.add(Work.EMBEDDING_CALLS, 1);
        work.add(Work.EMBEDDED_TEXTS, batch.size());
        try {
            List<Encoding> encodings = batch.getFirst().model().encode(batch.stream().map(Item::text).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(encodings.get(i));
            }
        } catch (Throwable e) {
            if (batch.size() > 1) {
                batch.forEach(item -> embed(List.of(item)));
            } else {
                batch.getFirst().fail(e);
            }
        }
    }

    /// Starts work and waits for its result. Failures become [EngineException]s.
    private static <T> T await(Stage stage, Callable<Future<T>> start) {
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

    /// Refuses new texts and waits for accepted ones, at most ten seconds.
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
