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

/// Runs one item of the work list: within its time limit, once more in sequence when that is wanted, and back into the
/// list with a growing wait, or given up, when it failed. Thread-safe.
final class LayerAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(LayerAttempt.class);

    private static final String CLOSED = "The engine was closed meanwhile.";

    private final ReentrantLock sequence = new ReentrantLock();
    private final LayerTask work;
    private final LayerStore store;
    private final ExecutorService threads;
    private final Supplier<MemoryServiceConfig> config;
    private final MetricsHub metrics;
    private final Extraction.Pace pace;

    LayerAttempt(LayerTask work, LayerStore store, ExecutorService threads, Supplier<MemoryServiceConfig> config,
            MetricsHub metrics, Extraction.Pace pace) {
        this.work = work;
        this.store = store;
        this.threads = threads;
        this.config = config;
        this.metrics = metrics;
        this.pace = pace;
    }

    private record Failure(LayerStatus status, String sentence) {}

    /// How long an item is leased for one attempt: beyond it another process may take it.
    static Duration lease(MemoryServiceConfig config, Extraction.Pace pace) {
        return config.timeoutPerLayer().plus(pace.leaseMargin());
    }

    /// Runs an item to its end.
    ///
    /// @return when it is to be taken again; empty when it is done or given up
    Optional<Duration> run(WorkItem item) {
        MemoryServiceConfig now = config.get();
        if (item.attempt() > now.maxRetries() + 1) {
            giveUp(item, new Failure(LayerStatus.FAILED, item.note().isEmpty()
                    ? "It was begun " + (item.attempt() - 1) + " times and not finished, also not with an error."
                    : item.note()));
            return Optional.empty();
        }
        Optional<Failure> failure = attempt(item, now);
        if (failure.isPresent() && now.parallelEnabled() && now.enableFallback()) {
            failure = again(item, now);
        }
        return failure.flatMap(one -> settle(item, one, now));
    }

    private Optional<Failure> again(WorkItem item, MemoryServiceConfig now) {
        sequence.lock();
        try {
            return store.renew(item, lease(now, pace)) ? attempt(item, now) : Optional.empty();
        } finally {
            sequence.unlock();
        }
    }

    private Optional<Duration> settle(WorkItem item, Failure failure, MemoryServiceConfig now) {
        if (threads.isShutdown()) {
            store.putBack(item, failure.sentence(), Duration.ZERO);
            return Optional.empty();
        }
        if (item.attempt() > now.maxRetries()) {
            giveUp(item, failure);
            return Optional.empty();
        }
        Duration wait = pace.wait(item.attempt());
        LOG.info("Extraction: {} of round {} failed, again in {} ms: {}", item.layer(), item.roundId(),
                wait.toMillis(), failure.sentence());
        store.putBack(item, failure.sentence(), wait);
        return Optional.of(wait);
    }

    private void giveUp(WorkItem item, Failure failure) {
        LOG.warn("Extraction: {} of round {} was given up: {}", item.layer(), item.roundId(), failure.sentence());
        store.giveUp(item, failure.status(), failure.sentence());
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
            // Not passed on: this thread ends as soon as its item is back in the list.
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
