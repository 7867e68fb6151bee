package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings flush batches into storage: a bounded queue, a few workers, retries.
///
/// The most urgent batch goes first, but batches of one user keep their order and never run side by side, also while one
/// waits for its retry. What a user has queued is stored together, up to a bound, since a transaction costs more than a
/// row. A full queue makes writers wait here, where they hold no lock, or turns them away, as they wish. Workers are
/// virtual threads that exist only while there is work, so their number follows the configuration at once. Thread-safe.
///
/// A batch that storage refuses is tried four times and then given back. One that finds no storage is tried until there
/// is one: nothing is wrong with it.
public final class FlushManager {
    private static final Logger LOG = LoggerFactory.getLogger(FlushManager.class);
    private static final int MAX_RETRIES = 3;
    private static final long MAX_RETRY_SECONDS = 30;
    private static final int MAX_TOGETHER = 2_000;

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
            FlushBatch.Priority highest = FlushBatch.Priority.LOW;
            for (FlushBatch batch : batches) {
                highest = batch.priority().compareTo(highest) > 0 ? batch.priority() : highest;
            }
            return highest;
        }

        /// The oldest batch, and those after it that go with it.
        List<FlushBatch> take() {
            List<FlushBatch> taken = new ArrayList<>(List.of(batches.removeFirst()));
            int messages = taken.getFirst().messageCount();
            for (FlushBatch next = batches.peekFirst(); next != null
                    && messages + next.messageCount() <= MAX_TOGETHER; next = batches.peekFirst()) {
                taken.add(batches.removeFirst());
                messages += next.messageCount();
            }
            return taken;
        }
    }

    /// Batches that one worker stores together.
    ///
    /// @param retry how often storage refused them
    private record Flight(Lane lane, List<FlushBatch> batches, int retry) {
        FlushBatch together() {
            return batches.size() == 1
                    ? batches.getFirst()
                    : new FlushBatch(batches.getFirst().userId(), batches.getFirst().priority(),
                            batches.stream().flatMap(batch -> batch.rounds().stream()).toList(),
                            new CompletableFuture<>());
        }

        Flight refused() {
            return new Flight(lane, batches, retry + 1);
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
            enqueue(batch);
        } finally {
            lock.unlock();
        }
    }

    /// Takes a batch and queues it, if there is room; never waits.
    ///
    /// @param take called only when there is room; may give none
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
        lanes.computeIfAbsent(batch.userId(), _ -> new Lane()).batches.addLast(batch);
        queued++;
        dispatch();
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
            Lane lane = mostUrgent();
            if (lane == null) {
                return;
            }
            List<FlushBatch> batches = lane.take();
            lane.busy = true;
            queued -= batches.size();
            space.signalAll();
            start(new Flight(lane, batches, 0));
        }
    }

    /// The lane of the highest priority that may be served; of equals, the one that came first.
    private @Nullable Lane mostUrgent() {
        Lane best = null;
        for (Lane lane : lanes.values()) {
            if (!lane.busy && !lane.batches.isEmpty()
                    && (best == null || lane.priority().compareTo(best.priority()) > 0)) {
                best = lane;
            }
        }
        return best;
    }

    private void start(Flight flight) {
        running++;
        Thread.ofVirtual().name("engine-flush-" + ++threads).start(() -> attempt(flight));
    }

    private void attempt(Flight flight) {
        EngineException failure = store(flight.together());
        if (failure == null) {
            flight.batches().forEach(storage::stored);
        } else if (failure instanceof StorageUnavailableException) {
            LOG.debug("Flush: no database, trying again: {}", failure.getMessage());
            retryLater(flight, 1);
            return;
        } else if (flight.batches().size() > 1) {
            // One of them may be at fault, and the others should not suffer for it.
            LOG.warn("Flush: {} batches failed together, trying each: {}", flight.batches().size(),
                    failure.getMessage());
            separate(flight);
            return;
        } else if (flight.retry() < MAX_RETRIES) {
            LOG.warn("Flush: attempt {} failed, trying again: {}", flight.retry() + 1, failure.getMessage());
            Flight next = flight.refused();
            retryLater(next, Math.min(1L << next.retry(), MAX_RETRY_SECONDS));
            return;
        } else {
            LOG.error("Flush: gave up, the messages stay in the buffer", failure);
            flight.batches().forEach(batch -> storage.failed(batch, failure));
        }
        finished(flight);
    }

    private @Nullable EngineException store(FlushBatch batch) {
        Trace trace = metrics.begin(Operation.FLUSH);
        EngineException failure = null;
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
        return failure;
    }

    /// The first goes alone at once, the others wait in its lane as before.
    private void separate(Flight flight) {
        lock.lock();
        try {
            running--;
            List<FlushBatch> others = flight.batches().subList(1, flight.batches().size());
            others.reversed().forEach(flight.lane().batches::addFirst);
            queued += others.size();
            start(new Flight(flight.lane(), List.of(flight.batches().getFirst()), flight.retry()));
        } finally {
            lock.unlock();
        }
    }

    /// The lane stays busy, so that no later batch of the user overtakes; the worker's place is free meanwhile.
    private void retryLater(Flight flight, long seconds) {
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
                start(flight);
            } finally {
                lock.unlock();
            }
        }, seconds, TimeUnit.SECONDS);
    }

    private void finished(Flight flight) {
        lock.lock();
        try {
            running--;
            flight.lane().busy = false;
            if (flight.lane().batches.isEmpty()) {
                lanes.remove(flight.batches().getFirst().userId(), flight.lane());
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }
}
