package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.background.LogLimiter;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.memory.layer.PostponedException;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one item of the work list within its time limit. A failed item is repeated when fallback is enabled: by rules
/// when the language model took the whole time, and in sequence after a failure in parallel. Then it is returned to the
/// list with a growing wait, or marked as failed after the last retry. Thread-safe.
final class LayerAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(LayerAttempt.class);

    private static final String CLOSED = "The engine was closed during the extraction.";
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MAX_POSTPONEMENT = Duration.ofMinutes(10);
    /// Rules need little time, and a machine that is busy must not turn their result into a failure.
    private static final Duration MIN_TIME_OF_RULES = Duration.ofSeconds(30);

    private final ReentrantLock sequence = new ReentrantLock();
    private final AtomicInteger building = new AtomicInteger();
    private final Map<WorkItem, Future<?>> builds = new ConcurrentHashMap<>();
    private final LayerTask work;
    private final WorkStore store;
    private final ExecutorService threads;
    private final Supplier<MemoryServiceConfig> config;
    private final MetricsHub metrics;
    private final Extraction.Intervals intervals;
    private final LogLimiter retries = new LogLimiter(LOG_INTERVAL, System::nanoTime, LayerAttempt::logRetry);
    private final LogLimiter failures = new LogLimiter(LOG_INTERVAL, System::nanoTime, LayerAttempt::logFailure);
    private final LogLimiter postponements = new LogLimiter(LOG_INTERVAL, System::nanoTime,
            LayerAttempt::logPostponement);
    private final LogLimiter unexpected = new LogLimiter(LOG_INTERVAL, System::nanoTime, LayerAttempt::logUnexpected);

    LayerAttempt(LayerTask work, WorkStore store, ExecutorService threads, Supplier<MemoryServiceConfig> config,
            MetricsHub metrics, Extraction.Intervals intervals) {
        this.work = work;
        this.store = store;
        this.threads = threads;
        this.config = config;
        this.metrics = metrics;
        this.intervals = intervals;
    }

    private record Failure(LayerStatus status, String sentence, Optional<Duration> postponed) {
        private Failure(LayerStatus status, String sentence) {
            this(status, sentence, Optional.empty());
        }
    }

    /// Outcome of an item that is not done.
    ///
    /// @param delay time before the next attempt
    /// @param postponed whether no other item can be worked on before that either
    record Retry(Duration delay, boolean postponed) {}

    private static void logRetry(int events, boolean summary, String reason) {
        if (summary) {
            LOG.info("Extraction: {} more attempts failed in {} s and will be repeated. The last one: {}", events,
                    LOG_INTERVAL.toSeconds(), reason);
        } else {
            LOG.info("Extraction: an attempt failed and will be repeated: {}", reason);
        }
    }

    private static void logFailure(int events, boolean summary, String reason) {
        if (summary) {
            LOG.warn("Extraction: {} more layers of rounds failed for good in {} s. The last one: {}", events,
                    LOG_INTERVAL.toSeconds(), reason);
        } else {
            LOG.warn("Extraction: a layer failed for good: {}", reason);
        }
    }

    private static void logPostponement(int events, boolean summary, String reason) {
        if (summary) {
            LOG.info("Extraction: {} more layers were postponed in {} s. The last one: {}", events,
                    LOG_INTERVAL.toSeconds(), reason);
        } else {
            LOG.info("Extraction: a layer is postponed: {}", reason);
        }
    }

    private static void logUnexpected(int events, boolean summary, String reason) {
        LOG.error("Extraction: {} unexpected failures{}. The last one: {}", events,
                summary ? " in " + LOG_INTERVAL.toSeconds() + " s" : "", reason);
    }

    /// Returns the duration of a lease for one attempt; after it another process may claim the item.
    static Duration lease(MemoryServiceConfig config, Extraction.Intervals intervals) {
        return config.timeoutPerLayer().plus(intervals.leaseMargin());
    }

    /// Returns the number of layers that are built now, also those that were interrupted and have not ended yet.
    int building() {
        return building.get();
    }

    /// Interrupts the layers that are built now; their items return to the list. The attempts themselves are not
    /// interrupted: that would also end the statement by which they return their items.
    void interruptBuilds() {
        builds.values().forEach(build -> build.cancel(true));
    }

    /// Logs what was held back. Called from time to time.
    void tick() {
        retries.tick();
        failures.tick();
        postponements.tick();
        unexpected.tick();
    }

    /// Runs an item.
    ///
    /// @return empty when the item is done or failed for good
    Optional<Retry> run(WorkItem item) {
        long began = System.nanoTime();
        MemoryServiceConfig now = config.get();
        if (item.attempt() > now.maxRetries() + 1) {
            giveUp(item, new Failure(LayerStatus.FAILED, item.note().isEmpty()
                    ? "It was started " + (item.attempt() - 1)
                            + " times and ended neither with a result nor with an error."
                    : item.note()));
            return Optional.empty();
        }
        Optional<Failure> failure = attempt(item, now.timeoutPerLayer(), () -> work.build(item));
        if (failure.isPresent() && failure.get().postponed().isEmpty() && now.enableFallback()) {
            failure = fallBack(item, now, failure.get());
        }
        if (failure.isEmpty()) {
            metrics.extraction().available(item.layer().name(), item.age().toNanos() + System.nanoTime() - began);
        }
        return failure.flatMap(one -> retryOrGiveUp(item, one, now));
    }

    private Optional<Failure> fallBack(WorkItem item, MemoryServiceConfig now, Failure failure) {
        if (threads.isShutdown()) {
            return Optional.of(failure);
        }
        if (failure.status() == LayerStatus.TIMED_OUT && work.usesModel()) {
            Duration limit = now.timeoutPerLayer().compareTo(MIN_TIME_OF_RULES) > 0
                    ? now.timeoutPerLayer()
                    : MIN_TIME_OF_RULES;
            return renewed(item, limit, () -> work.buildByRules(item, failure.sentence()));
        }
        if (!now.parallelEnabled()) {
            return Optional.of(failure);
        }
        sequence.lock();
        try {
            return renewed(item, now.timeoutPerLayer(), () -> work.build(item));
        } finally {
            sequence.unlock();
        }
    }

    /// Runs an item again. Without its lease, another process has it.
    private Optional<Failure> renewed(WorkItem item, Duration limit, Runnable build) {
        return store.renew(item, limit.plus(intervals.leaseMargin()))
                ? attempt(item, limit, build)
                : Optional.empty();
    }

    private Optional<Retry> retryOrGiveUp(WorkItem item, Failure failure, MemoryServiceConfig now) {
        if (failure.postponed().isPresent()) {
            Duration wait = failure.postponed().get();
            postponements.event(text(item, failure));
            metrics.extraction().postponed();
            store.postpone(item, failure.sentence(), wait);
            return Optional.of(new Retry(wait, true));
        }
        if (threads.isShutdown()) {
            // The end of the engine says nothing about the item.
            store.postpone(item, failure.sentence(), Duration.ZERO);
            return Optional.empty();
        }
        if (item.attempt() > now.maxRetries()) {
            giveUp(item, failure);
            return Optional.empty();
        }
        Duration wait = intervals.retryAfter(item.attempt());
        retries.event(text(item, failure));
        store.putBack(item, failure.sentence(), wait);
        return Optional.of(new Retry(wait, false));
    }

    private static String text(WorkItem item, Failure failure) {
        return item.layer() + " of round " + item.roundId() + ": " + failure.sentence();
    }

    private void giveUp(WorkItem item, Failure failure) {
        failures.event(text(item, failure));
        store.giveUp(item, failure.status(), failure.sentence());
        metrics.extraction().failed(item.layer().name());
        work.failed(item);
    }

    private Optional<Failure> attempt(WorkItem item, Duration limit, Runnable build) {
        Future<?> future;
        try {
            future = threads.submit(() -> timed(build));
        } catch (RejectedExecutionException e) {
            return Optional.of(new Failure(LayerStatus.FAILED, CLOSED));
        }
        builds.put(item, future);
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            future.cancel(true);
            return Optional.of(new Failure(LayerStatus.TIMED_OUT, "It took longer than "
                    + limit.toMillis() / 1000.0 + " s (memory_service.timeout_per_layer)."));
        } catch (ExecutionException e) {
            return Optional.of(failure(item, e.getCause()));
        } catch (CancellationException e) {
            return Optional.of(new Failure(LayerStatus.FAILED, CLOSED));
        } catch (InterruptedException e) {
            // The interrupt is not restored: the thread ends after it has returned its item to the list.
            future.cancel(true);
            return Optional.of(new Failure(LayerStatus.FAILED, CLOSED));
        } finally {
            builds.remove(item);
        }
    }

    private Failure failure(WorkItem item, @Nullable Throwable cause) {
        if (cause instanceof PostponedException postponed) {
            Duration wait = postponed.remaining();
            return new Failure(LayerStatus.QUEUED, String.valueOf(postponed.getMessage()),
                    Optional.of(wait.compareTo(MAX_POSTPONEMENT) < 0 ? wait : MAX_POSTPONEMENT));
        }
        if (cause instanceof EngineException expected) {
            return new Failure(LayerStatus.FAILED, String.valueOf(expected.getMessage()));
        }
        unexpected.event(item.layer() + " of round " + item.roundId() + ": " + cause);
        LOG.debug("Extraction: unexpected failure", cause);
        return new Failure(LayerStatus.FAILED, "Unexpected failure: " + cause);
    }

    private void timed(Runnable build) {
        building.incrementAndGet();
        Trace trace = metrics.begin(Operation.EXTRACT);
        boolean failed = true;
        try {
            build.run();
            failed = false;
        } finally {
            metrics.end(trace, failed);
            building.decrementAndGet();
        }
    }
}
