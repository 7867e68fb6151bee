package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.BufferConfig;
import dev.memfuse.engine.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings flush batches into storage: a bounded queue, a few workers, retries.
///
/// The most urgent batch goes first, but batches of one user keep their order and never run side by side, also while one
/// waits for its retry. A full queue makes writers wait here, where they hold no lock. Workers are virtual threads that
/// exist only while there is work, so their number follows the configuration at once. Thread-safe.
public final class FlushManager {
    private static final Logger LOG = LoggerFactory.getLogger(FlushManager.class);
    private static final int MAX_RETRIES = 3;
    private static final long MAX_RETRY_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition space = lock.newCondition();
    private final Map<UUID, Lane> lanes = new LinkedHashMap<>();
    private final Supplier<BufferConfig.Performance> limits;
    private final Storage storage;
    private final ScheduledExecutorService timer;
    private final MetricsHub metrics;
    private int queued;
    private int running;
    private long threads;

    /// Where batches go. Called on a worker, one batch of a user at a time.
    public interface Storage {
        /// Stores a batch, or throws.
        void store(FlushBatch batch, Duration timeout);

        /// Is told that a batch is stored.
        void stored(FlushBatch batch);

        /// Is told that a batch failed for good.
        void failed(FlushBatch batch, EngineException cause);
    }

    /// The batches of one user, in order.
    private static final class Lane {
        private final Deque<FlushBatch> batches = new ArrayDeque<>();
        private boolean busy;

        FlushBatch.Priority priority() {
            return batches.stream().map(FlushBatch::priority).max(Comparator.naturalOrder())
                    .orElse(FlushBatch.Priority.LOW);
        }
    }

    public FlushManager(Supplier<BufferConfig.Performance> limits, Storage storage, ScheduledExecutorService timer,
            MetricsHub metrics) {
        this.limits = limits;
        this.storage = storage;
        this.timer = timer;
        this.metrics = metrics;
    }

    /// Queues a batch; waits while the queue is full.
    public void submit(FlushBatch batch) {
        lock.lock();
        try {
            while (queued >= limits.get().maxFlushQueueSize()) {
                space.awaitUninterruptibly();
            }
            lanes.computeIfAbsent(batch.userId(), _ -> new Lane()).batches.addLast(batch);
            queued++;
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Batches that wait for a worker.
    public int queued() {
        lock.lock();
        try {
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /// Looks again at the limits, after they changed.
    public void limitsChanged() {
        lock.lock();
        try {
            space.signalAll();
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        while (running < limits.get().maxFlushWorkers()) {
            Lane lane = lanes.values().stream().filter(candidate -> !candidate.busy && !candidate.batches.isEmpty())
                    .max(Comparator.comparing(Lane::priority)).orElse(null);
            if (lane == null) {
                return;
            }
            FlushBatch batch = lane.batches.removeFirst();
            lane.busy = true;
            queued--;
            space.signal();
            start(lane, batch, 0);
        }
    }

    private void start(Lane lane, FlushBatch batch, int retry) {
        running++;
        Thread.ofVirtual().name("engine-flush-" + ++threads).start(() -> attempt(lane, batch, retry));
    }

    private void attempt(Lane lane, FlushBatch batch, int retry) {
        EngineException failure = null;
        Trace trace = metrics.begin(Operation.FLUSH);
        try {
            storage.store(batch, limits.get().flushTimeout());
        } catch (EngineException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            // Also an error: else the batch would stay in flight, and its user's later ones behind it.
            failure = new EngineException("A flush failed: " + e, "", e);
        } finally {
            metrics.end(trace, failure != null);
        }
        if (failure == null) {
            storage.stored(batch);
        } else if (retry < MAX_RETRIES) {
            LOG.warn("Flush: attempt {} failed, trying again: {}", retry + 1, failure.getMessage());
            retryLater(lane, batch, retry + 1);
            return;
        } else {
            LOG.error("Flush: gave up, the messages stay in the buffer", failure);
            storage.failed(batch, failure);
        }
        finished(lane, batch.userId());
    }

    /// The lane stays busy, so that no later batch of the user overtakes; the worker's place is free meanwhile.
    private void retryLater(Lane lane, FlushBatch batch, int retry) {
        lock.lock();
        try {
            running--;
            dispatch();
        } finally {
            lock.unlock();
        }
        timer.schedule(() -> {
            lock.lock();
            try {
                start(lane, batch, retry);
            } finally {
                lock.unlock();
            }
        }, Math.min(1L << retry, MAX_RETRY_SECONDS), TimeUnit.SECONDS);
    }

    private void finished(Lane lane, UUID userId) {
        lock.lock();
        try {
            running--;
            lane.busy = false;
            if (lane.batches.isEmpty()) {
                lanes.remove(userId, lane);
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }
}
