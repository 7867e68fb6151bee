package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores flush batches: a bounded queue, a limited number of workers, retries.
///
/// Batches of the highest priority are stored first, those of users that wait longest first among equals. A user that
/// has waited for [FlushLane#MAX_WAIT] goes before all priorities, so that no number of busy users keeps another from
/// storage. Batches of one user keep their order and never run concurrently, even while one waits for its retry. Queued
/// batches of a user are stored in one transaction, up to a limit, since a transaction costs more than a row. When the
/// queue is full, [#submit] blocks and [#offer] returns. Workers are virtual threads that exist only while there is
/// work, so a change of their number takes effect at once. A retry takes a worker like a first attempt, so the limit
/// also holds when the retries of many users are due at once, as after an outage. Thread-safe.
///
/// Rounds that storage refuses for their content are isolated and passed to [Target#refused]; the others are stored. A
/// batch that fails otherwise is tried four times and then returned to the buffers. While storage is unavailable a
/// batch is retried without limit.
public final class FlushManager {
    private static final Logger LOG = LoggerFactory.getLogger(FlushManager.class);
    private static final int MAX_RETRIES = 3;
    private static final long MAX_RETRY_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Map<UUID, FlushLane> lanes = new LinkedHashMap<>();
    private final Supplier<BufferConfig.PerformanceConfig> limits;
    private final Target target;
    private final ScheduledExecutorService timer;
    private final MetricsHub metrics;
    private final LongSupplier nanoTime;
    private int queued;
    private int running;
    private long threads;

    /// Receives batches. Called on a worker, for one batch of a user at a time.
    public interface Target {
        /// Stores a batch.
        ///
        /// @param timeout longest time of one statement
        /// @throws EngineException when the batch is not stored
        void store(FlushBatch batch, Duration timeout);

        /// Called for a round that storage refuses for its content, before [#stored] is called for its batch.
        ///
        /// @throws EngineException when the round could not be kept elsewhere; its batch is then tried again
        void refused(FlushBatch batch, PendingRound round, EngineException cause);

        /// Called after each round of a batch was stored or refused.
        void stored(FlushBatch batch);

        /// Called after the last attempt for a batch failed.
        void failed(FlushBatch batch, EngineException cause);
    }

    public FlushManager(Supplier<BufferConfig.PerformanceConfig> limits, Target target, ScheduledExecutorService timer,
            MetricsHub metrics) {
        this(limits, target, timer, metrics, System::nanoTime);
    }

    FlushManager(Supplier<BufferConfig.PerformanceConfig> limits, Target target, ScheduledExecutorService timer,
            MetricsHub metrics, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.limits = limits;
        this.target = target;
        this.timer = timer;
        this.metrics = metrics;
    }

    /// Queues a batch; blocks while the queue is full.
    public void submit(FlushBatch batch) {
        lock.lock();
        try {
            while (queued >= limits.get().maxFlushQueueSize()) {
                notFull.awaitUninterruptibly();
            }
            enqueue(batch);
        } finally {
            lock.unlock();
        }
    }

    /// Queues a batch if the queue has room; never blocks for room.
    ///
    /// @param take returns the batch, if any; called only when there is room
    public void offer(Supplier<Optional<FlushBatch>> take) {
        lock.lock();
        try {
            if (queued < limits.get().maxFlushQueueSize()) {
                take.get().ifPresent(this::enqueue);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(FlushBatch batch) {
        lanes.computeIfAbsent(batch.userId(), _ -> new FlushLane()).add(batch, nanoTime.getAsLong());
        queued++;
        dispatch();
    }

    /// Returns the number of batches that wait for a worker.
    public int queued() {
        lock.lock();
        try {
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /// Applies changed limits.
    public void limitsChanged() {
        lock.lock();
        try {
            notFull.signalAll();
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        while (running < limits.get().maxFlushWorkers()) {
            FlushLane lane = mostUrgent();
            if (lane == null) {
                return;
            }
            start(next(lane));
        }
    }

    private FlushAttempt next(FlushLane lane) {
        int before = lane.queued();
        FlushAttempt attempt = lane.start();
        queued -= before - lane.queued();
        notFull.signalAll();
        return attempt;
    }

    /// Returns the ready lane to serve next; null when there is none.
    private @Nullable FlushLane mostUrgent() {
        FlushLane best = null;
        long now = nanoTime.getAsLong();
        for (FlushLane lane : lanes.values()) {
            if (lane.ready() && (best == null || lane.goesBefore(best, now))) {
                best = lane;
            }
        }
        return best;
    }

    private void start(FlushAttempt attempt) {
        running++;
        try {
            BackgroundThreads.virtual("engine-flush-" + ++threads).start(() -> run(attempt));
        } catch (Throwable e) {
            // No thread could be created. Its lane stays busy until the next try.
            running--;
            BackgroundHealth.report("engine-flush", e);
            startLater(attempt, 1);
        }
    }

    private void run(FlushAttempt attempt) {
        EngineException failure = store(attempt);
        if (failure == null) {
            attempt.batches().forEach(batch -> guarded(() -> target.stored(batch)));
        } else if (failure instanceof StorageUnavailableException) {
            LOG.debug("Flush: storage is unavailable, will retry: {}", failure.getMessage());
            retryLater(attempt, 1);
            return;
        } else if (attempt.batches().size() > 1) {
            // A single batch may be the cause, and the others can be stored.
            LOG.warn("Flush: {} batches failed in one transaction, trying each alone: {}", attempt.batches().size(),
                    failure.getMessage());
            retrySeparately(attempt);
            return;
        } else if (attempt.retry() < MAX_RETRIES) {
            LOG.warn("Flush: attempt {} failed, will retry: {}", attempt.retry() + 1, failure.getMessage());
            FlushAttempt next = attempt.next();
            retryLater(next, Math.min(1L << next.retry(), MAX_RETRY_SECONDS));
            return;
        } else {
            LOG.error("Flush: last attempt failed, the messages stay in the buffer", failure);
            attempt.batches().forEach(batch -> guarded(() -> target.failed(batch, failure)));
        }
        finished(attempt);
    }

    /// The lane becomes free whatever happens to one batch.
    private static void guarded(Runnable notice) {
        try {
            notice.run();
        } catch (Throwable e) {
            BackgroundHealth.report("engine-flush", e);
        }
    }

    /// Stores the rounds of an attempt and passes on those that storage refuses for their content. Returns the failure
    /// of the others, if any.
    private @Nullable EngineException store(FlushAttempt attempt) {
        try {
            FlushBatch merged = attempt.merged();
            EngineException failure = store(merged);
            if (failure == null || !RoundIsolation.isOfContent(failure)) {
                return failure;
            }
            LOG.debug("Flush: storage refuses a round of {}, trying them apart: {}", merged.rounds().size(),
                    failure.getMessage());
            return new RoundIsolation(this::store, target).isolate(merged, failure);
        } catch (Throwable e) {
            return unexpected(e);
        }
    }

    private @Nullable EngineException store(FlushBatch batch) {
        Trace trace = metrics.begin(Operation.FLUSH);
        EngineException failure = null;
        try {
            target.store(batch, limits.get().flushTimeout());
        } catch (EngineException e) {
            failure = e;
        } catch (Throwable e) {
            // Errors too: otherwise the batch would stay in flight and block the user's later batches.
            failure = unexpected(e);
        } finally {
            metrics.end(trace, failure != null);
        }
        return failure;
    }

    private static EngineException unexpected(Throwable cause) {
        BackgroundHealth.report("engine-flush", cause);
        return new EngineException("A flush failed: " + cause, "", cause);
    }

    /// Retries the first batch alone at once and returns the others to the front of their lane.
    private void retrySeparately(FlushAttempt attempt) {
        lock.lock();
        try {
            running--;
            List<FlushBatch> others = attempt.batches().subList(1, attempt.batches().size());
            attempt.lane().putBack(others);
            queued += others.size();
            start(new FlushAttempt(attempt.lane(), List.of(attempt.batches().getFirst()), attempt.retry()));
        } finally {
            lock.unlock();
        }
    }

    /// Frees the worker until the retry, which then waits for a worker again. The lane stays busy, so that no later
    /// batch of the user overtakes.
    private void retryLater(FlushAttempt attempt, long seconds) {
        lock.lock();
        try {
            running--;
            dispatch();
        } finally {
            lock.unlock();
        }
        startLater(attempt, seconds);
    }

    private void startLater(FlushAttempt attempt, long seconds) {
        try {
            timer.schedule(() -> due(attempt), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // The engine is closed: the next start stores what is journaled.
            LOG.debug("Flush: no retry after the end of the engine");
        }
    }

    private void due(FlushAttempt attempt) {
        lock.lock();
        try {
            attempt.lane().retry(attempt, nanoTime.getAsLong());
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void finished(FlushAttempt attempt) {
        lock.lock();
        try {
            running--;
            attempt.lane().free(nanoTime.getAsLong());
            if (attempt.lane().queued() == 0) {
                lanes.remove(attempt.batches().getFirst().userId(), attempt.lane());
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }
}
