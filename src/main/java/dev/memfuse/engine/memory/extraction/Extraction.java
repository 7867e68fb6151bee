package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.MetricsHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds M1 and M2 behind the acknowledgement, from the work list in storage. What is held here is only which users to
/// look at; the list itself survives a crash, and what another process left is found by looking through it from time
/// to time.
///
/// In sequence: one layer of one round at a time, M1 before M2. In parallel: `memory_service.max_concurrent_layers` at
/// a time. Thread-safe.
public final class Extraction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
    /// The clocks of two processes differ.
    private static final Duration CLOCK_MARGIN = Duration.ofMillis(25);

    private static final long SHORT_NANOS = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PendingUsers waiting = new PendingUsers();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-extract-", 1).factory());
    /// Of this life of this process: its leases are told from those of others, also of its earlier ones.
    private final UUID owner = UUID.randomUUID();
    private final LayerStore store;
    private final Supplier<MemoryServiceConfig> config;
    private final Pace pace;
    private final LayerAttempt run;
    private Instant nextLook = Instant.MAX;
    private int running;
    private boolean closed;

    /// How long things wait.
    ///
    /// @param firstRetry before the first repetition of an item that failed; doubles with each
    /// @param longestRetry the longest such wait
    /// @param look between two looks for what other processes left
    /// @param leaseMargin by how much a lease is longer than the time limit of a layer
    public record Pace(Duration firstRetry, Duration longestRetry, Duration look, Duration leaseMargin) {
        /// As the engine uses it.
        public static final Pace NORMAL = new Pace(Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(10),
                Duration.ofSeconds(15));

        Duration wait(int attempt) {
            Duration wait = firstRetry.multipliedBy(1L << Math.min(attempt - 1, 20));
            return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
        }
    }

    public Extraction(LayerTask work, LayerStore store, Supplier<MemoryServiceConfig> config, MetricsHub metrics,
            Pace pace) {
        this.store = store;
        this.config = config;
        this.pace = pace;
        this.run = new LayerAttempt(work, store, threads, config, metrics, pace);
    }

    /// Takes up what is in the list, now and whenever another process leaves something.
    public void start() {
        lock.lock();
        try {
            nextLook = Instant.now();
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("engine-extract-timer").start(this::tend);
    }

    /// Says that a stored round waits for layers.
    public void submit(SessionKey session, UUID roundId, Set<DerivedLayer> layers) {
        added(session.userId(), layers.size());
    }

    /// Says that the work list of users has to be read, after a deletion that asks for new layers.
    public void recover(List<UUID> userIds) {
        userIds.forEach(userId -> added(userId, 1));
    }

    private void added(UUID userId, int items) {
        lock.lock();
        try {
            waiting.add(userId, items);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Looks through the list at once, for instance after dead letters were put back.
    public void lookNow() {
        lock.lock();
        try {
            nextLook = Instant.now();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Layers of rounds known to wait or to be in work.
    public int backlog() {
        lock.lock();
        try {
            return waiting.items() + running;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is left, in the list itself: also what waits for a repetition, and what others work on.
    ///
    /// @return false when that took longer than `limit`
    public boolean awaitIdle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                if (!awaitNothingKnown(end - System.nanoTime())) {
                    return false;
                }
                if (look()) {
                    return true;
                }
                awaitReady(Math.min(SHORT_NANOS, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitNothingKnown(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (waiting.ready() || running > 0) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return left > 0;
        } finally {
            lock.unlock();
        }
    }

    private void awaitReady(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (left > 0 && !waiting.ready()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        MemoryServiceConfig now = config.get();
        int limit = now.parallelEnabled() ? now.maxConcurrentLayers() : 1;
        while (!closed && running < limit) {
            Optional<UUID> user = waiting.next();
            if (user.isEmpty()) {
                break;
            }
            running++;
            threads.submit(() -> take(user.get(), LayerAttempt.lease(now, pace)));
        }
        changed.signalAll();
    }

    private void take(UUID userId, Duration lease) {
        Optional<Instant> again = Optional.empty();
        boolean ran = false;
        try {
            Optional<WorkItem> item = store.claim(userId, owner, lease);
            ran = item.isPresent();
            looked(userId, ran);
            if (item.isPresent()) {
                again = run.run(item.get()).map(wait -> Instant.now().plus(wait).plus(CLOCK_MARGIN));
            }
        } catch (EngineException e) {
            LOG.warn("Extraction: {} The work stays in the list.", e.getMessage());
            again = Optional.of(Instant.now().plus(pace.look()));
        } catch (RuntimeException e) {
            LOG.error("Extraction: failed, the work stays in the list", e);
            again = Optional.of(Instant.now().plus(pace.look()));
        } finally {
            ended(userId, ran, again);
        }
    }

    private void looked(UUID userId, boolean taken) {
        lock.lock();
        try {
            if (taken) {
                waiting.taken(userId);
                dispatch();
            } else {
                waiting.exhausted(userId);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(UUID userId, boolean ran, Optional<Instant> again) {
        lock.lock();
        try {
            running--;
            waiting.exhausted(userId);
            if (ran) {
                // Its row was locked while it was stored: who looked at that moment did not see its other layer.
                waiting.add(userId, 0);
            }
            again.ifPresent(due -> waiting.later(userId, due));
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// The life of the timer thread.
    private void tend() {
        while (true) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                Instant now = Instant.now();
                waiting.wake(now);
                dispatch();
                if (nextLook.isAfter(now)) {
                    Instant next = waiting.nextDue().filter(due -> due.isBefore(nextLook)).orElse(nextLook);
                    long _ = changed.awaitNanos(Duration.between(now, next).toNanos());
                    continue;
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            look();
        }
    }

    /// Reads the list; true when it could be read and holds nothing.
    private boolean look() {
        boolean read = false;
        List<LayerStore.Waiting> found = List.of();
        try {
            found = store.waiting(owner);
            read = true;
        } catch (EngineException e) {
            LOG.warn("Extraction: {} It is tried again.", e.getMessage());
        }
        lock.lock();
        try {
            Instant now = Instant.now();
            found.forEach(user -> waiting.found(user.userId(), user.items(), user.due(), now));
            nextLook = now.plus(pace.look());
            dispatch();
            return read && found.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Stops taking work; what is left stays in the list for the next start, and what is in work goes back.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                // What was interrupted is on its way back into the list.
                boolean _ = threads.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
