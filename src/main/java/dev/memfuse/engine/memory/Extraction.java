package dev.memfuse.engine.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.MemoryServiceConfig;
import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds M1 and M2 behind the acknowledgement, from the work list in storage. The queue here is only a hint of what
/// is in that list; it is bounded, and what does not fit is read from the list later, as after a crash.
///
/// In sequence: one round at a time, M1 then M2. In parallel: three rounds at a time, both layers at once.
/// Each layer has its time limit. Thread-safe.
public final class Extraction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
    private static final int PARALLEL_ROUNDS = 3;
    private static final int QUEUE_LIMIT = 10_000;
    private static final int PORTION = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Work> queue = new ArrayDeque<>();
    private final Set<UUID> unread = new HashSet<>();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-extract-", 1).factory());
    private final LayerWork work;
    private final MemoryStore store;
    private final Supplier<MemoryServiceConfig> config;
    private final MetricsHub metrics;
    private int running;
    private boolean closed;

    private record Work(SessionKey session, UUID roundId, Set<Layer> layers) {}

    public Extraction(LayerWork work, MemoryStore store, Supplier<MemoryServiceConfig> config,
            MetricsHub metrics) {
        this.work = work;
        this.store = store;
        this.config = config;
        this.metrics = metrics;
    }

    /// Says that a stored round waits for layers.
    public void submit(SessionKey session, UUID roundId, Set<Layer> layers) {
        lock.lock();
        try {
            if (queue.size() < QUEUE_LIMIT) {
                queue.addLast(new Work(session, roundId, layers));
            } else {
                unread.add(session.userId());
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Says that the work list of users has to be read: after a start, or after a deletion that asks for new chunks.
    public void recover(List<UUID> userIds) {
        lock.lock();
        try {
            unread.addAll(userIds);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Rounds known to wait or to be in work.
    public int backlog() {
        lock.lock();
        try {
            return queue.size() + running;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is left.
    ///
    /// @return false when that took longer than `limit`
    public boolean awaitIdle(Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!queue.isEmpty() || running > 0 || !unread.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        int limit = config.get().parallelEnabled() ? PARALLEL_ROUNDS : 1;
        while (!closed && running < limit && (!queue.isEmpty() || !unread.isEmpty())) {
            running++;
            if (queue.isEmpty()) {
                UUID user = unread.iterator().next();
                unread.remove(user);
                threads.submit(() -> finishing(() -> readList(user)));
            } else {
                Work work = queue.removeFirst();
                threads.submit(() -> finishing(() -> process(work)));
            }
        }
        if (queue.isEmpty() && unread.isEmpty() && running == 0) {
            idle.signalAll();
        }
    }

    private void finishing(Runnable work) {
        try {
            work.run();
        } catch (EngineException e) {
            LOG.warn("Extraction: {} The work stays in the list.", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Extraction: failed, the work stays in the list", e);
        } finally {
            lock.lock();
            try {
                running--;
                dispatch();
            } finally {
                lock.unlock();
            }
        }
    }

    private void readList(UUID userId) {
        List<MemoryStore.PendingRound> pending = store.pending(userId, PORTION);
        lock.lock();
        try {
            pending.forEach(round -> queue.addLast(new Work(round.session(), round.roundId(), round.layers())));
            if (pending.size() == PORTION) {
                unread.add(userId);
            }
        } finally {
            lock.unlock();
        }
    }

    private void process(Work work) {
        MemoryServiceConfig now = config.get();
        if (!now.parallelEnabled()) {
            for (Layer layer : work.layers()) {
                giveUpOn(work, layer, attempt(work, layer, now.timeoutPerLayer()));
            }
            return;
        }
        Map<Layer, Future<?>> started = new EnumMap<>(Layer.class);
        work.layers().forEach(layer -> started.put(layer, threads.submit(() -> build(work, layer))));
        List<Layer> failed = new ArrayList<>();
        started.forEach((layer, future) -> {
            if (!await(work, layer, future, now.timeoutPerLayer())) {
                failed.add(layer);
            }
        });
        for (Layer layer : failed) {
            giveUpOn(work, layer, now.enableFallback() && attempt(work, layer, now.timeoutPerLayer()));
        }
    }

    private boolean attempt(Work work, Layer layer, Duration limit) {
        return await(work, layer, threads.submit(() -> build(work, layer)), limit);
    }

    private void giveUpOn(Work work, Layer layer, boolean done) {
        if (!done) {
            LOG.warn("Extraction: {} of round {} failed and is not tried again", layer, work.roundId());
            store.extractionFailed(work.session().userId(), work.roundId(), layer);
        }
    }

    private void build(Work work, Layer layer) {
        Trace trace = metrics.begin(Operation.EXTRACT);
        boolean failed = true;
        try {
            this.work.build(layer, work.session(), work.roundId());
            failed = false;
        } finally {
            metrics.end(trace, failed);
        }
    }

    private static boolean await(Work work, Layer layer, Future<?> future, Duration limit) {
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            future.cancel(true);
            LOG.warn("Extraction: {} of round {} took longer than {} s", layer, work.roundId(),
                    limit.toMillis() / 1000.0);
            return false;
        } catch (ExecutionException e) {
            LOG.warn("Extraction: {} of round {} failed: {}", layer, work.roundId(), String.valueOf(e.getCause()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Stops taking work; what is left stays in the list for the next start.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            unread.clear();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
