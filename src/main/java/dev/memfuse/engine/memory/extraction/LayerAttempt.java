package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one item of the work list within its time limit. A failed item is repeated sequentially when fallback is
/// enabled, then returned to the list with a growing wait, or marked as failed after the last retry. Thread-safe.
final class LayerAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(LayerAttempt.class);

    private static final String CLOSED = "The engine was closed during the extraction.";

    private final ReentrantLock sequence = new ReentrantLock();
    private final LayerTask work;
    private final LayerStore store;
    private final ExecutorService threads;
    private final Supplier<MemoryServiceConfig> config;
    private final MetricsHub metrics;
    private final Extraction.Intervals intervals;

    LayerAttempt(LayerTask work, LayerStore store, ExecutorService threads, Supplier<MemoryServiceConfig> config,
            MetricsHub metrics, Extraction.Intervals intervals) {
        this.work = work;
        this.store = store;
        this.threads = threads;
        this.config = config;
        this.metrics = metrics;
        this.intervals = intervals;
    }

    private record Failure(LayerStatus status, String sentence) {}

    /// Returns the duration of a lease for one attempt; after it another process may claim the item.
    static Duration lease(MemoryServiceConfig config, Extraction.Intervals intervals) {
        return config.timeoutPerLayer().plus(intervals.leaseMargin());
    }

    /// Runs an item.
    ///
    /// @return wait before the next attempt; empty when the item is done or failed for good
    Optional<Duration> run(WorkItem item) {
        MemoryServiceConfig now = config.get();
        if (item.attempt() > now.maxRetries() + 1) {
            giveUp(item, new Failure(LayerStatus.FAILED, item.note().isEmpty()
                    ? "It was started " + (item.attempt() - 1)
                            + " times and ended neither with a result nor with an error."
                    : item.note()));
            return Optional.empty();
        }
        Optional<Failure> failure = attempt(item, now);
        if (failure.isPresent() && now.parallelEnabled() && now.enableFallback()) {
            failure = retrySequentially(item, now);
        }
        return failure.flatMap(one -> retryOrGiveUp(item, one, now));
    }

    private Optional<Failure> retrySequentially(WorkItem item, MemoryServiceConfig now) {
        sequence.lock();
        try {
            return store.renew(item, lease(now, intervals)) ? attempt(item, now) : Optional.empty();
        } finally {
            sequence.unlock();
        }
    }

    private Optional<Duration> retryOrGiveUp(WorkItem item, Failure failure, MemoryServiceConfig now) {
        if (threads.isShutdown()) {
            store.putBack(item, failure.sentence(), Duration.ZERO);
            return Optional.empty();
        }
        if (item.attempt() > now.maxRetries()) {
            giveUp(item, failure);
            return Optional.empty();
        }
        Duration wait = intervals.retryAfter(item.attempt());
        LOG.info("Extraction: {} of round {} failed, next attempt in {} ms: {}", item.layer(), item.roundId(),
                wait.toMillis(), failure.sentence());
        store.putBack(item, failure.sentence(), wait);
        return Optional.of(wait);
    }

    private void giveUp(WorkItem item, Failure failure) {
        LOG.warn("Extraction: {} of round {} failed for good: {}", item.layer(), item.roundId(), failure.sentence());
        store.giveUp(item, failure.status(), failure.sentence());
        work.failed(item);
    }

    private Optional<Failure> attempt(WorkItem item, MemoryServiceConfig now) {
        Future<?> future;
        try {
            future = threads.submit(() -> build(item));
        } catch (RejectedExecutionException e) {
            return Optional.of(new Failure(LayerStatus.FAILED, CLOSED));
        }
        try {
            future.get(now.timeoutPerLayer().toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            future.cancel(true);
            return Optional.of(new Failure(LayerStatus.TIMED_OUT, "It took longer than "
                    + now.timeoutPerLayer().toMillis() / 1000.0 + " s (memory_service.timeout_per_layer)."));
        } catch (ExecutionException e) {
            return Optional.of(new Failure(LayerStatus.FAILED, sentence(e.getCause())));
        } catch (InterruptedException e) {
            // The interrupt is not restored: the thread ends after it has returned its item to the list.
            future.cancel(true);
            return Optional.of(new Failure(LayerStatus.FAILED, CLOSED));
        }
    }

    private static String sentence(@Nullable Throwable cause) {
        if (cause instanceof EngineException expected) {
            return String.valueOf(expected.getMessage());
        }
        LOG.error("Extraction: unexpected failure", cause);
        return "Unexpected failure: " + cause;
    }

    private void build(WorkItem item) {
        Trace trace = metrics.begin(Operation.EXTRACT);
        boolean failed = true;
        try {
            work.build(item);
            failed = false;
        } finally {
            metrics.end(trace, failed);
        }
    }
}
