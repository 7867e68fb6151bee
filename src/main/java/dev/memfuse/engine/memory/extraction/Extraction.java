package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.metrics.MetricsHub;

/// Builds M1 and M2 in the background, from the work list in storage. This object holds only the users with pending
/// items; the list itself survives a crash, and regular polling finds items that another process left.
///
/// Sequential mode builds one layer of one round of a user at a time, M1 before M2; parallel mode builds
/// `memory_service.max_concurrent_layers` at a time, of one user too. Thread-safe.
public final class Extraction implements AutoCloseable {
    /// The wait in the database began a moment later than the one in this process.
    private static final Duration MARGIN = Duration.ofMillis(25);
    private static final long IDLE_CHECK_NANOS = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PendingUsers pending = new PendingUsers();
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("engine-extract");
    private final WorkClaims claims;
    private final ExtractionPace pace;
    private final Supplier<MemoryServiceConfig> config;
    private final Intervals intervals;
    private final LayerAttempt attempt;
    private final BackgroundLoop timer = new BackgroundLoop("engine-extract-timer", this::turn,
            BackgroundThreads.virtual("engine-extract-timer").factory());
    private long nextPoll;
    /// Users with a running item, once per item.
    private final List<UUID> active = new ArrayList<>();
    private int running;
    private long activity;
    private boolean closed;

    /// Intervals of extraction.
    ///
    /// @param firstRetry wait before the first retry of a failed item; doubles with each retry
    /// @param maxRetry longest wait before a retry
    /// @param poll interval between two reads of the work list
    /// @param leaseMargin difference between a lease and the time limit of a layer
    /// @param closing time for running items at the end, before they are interrupted
    public record Intervals(Duration firstRetry, Duration maxRetry, Duration poll, Duration leaseMargin,
            Duration closing) {
        /// The intervals of the engine.
        public static final Intervals DEFAULT = new Intervals(Duration.ofSeconds(1), Duration.ofMinutes(2),
                Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(5));

        /// Returns the wait after a failed attempt.
        ///
        /// @param attempt number of the attempt, from 1
        Duration retryAfter(int attempt) {
            Duration wait = firstRetry.multipliedBy(1L << Math.min(attempt - 1, 20));
            return wait.compareTo(maxRetry) < 0 ? wait : maxRetry;
        }
    }

    /// Creates an extraction that yields to nothing.
    Extraction(LayerTask work, WorkStore store, Supplier<MemoryServiceConfig> config, MetricsHub metrics,
            Intervals intervals) {
        this(work, store, config, metrics, intervals, Callers.NONE);
    }

    /// @param work builds a layer
    /// @param config read at each item
    /// @param callers to whom extraction yields
    public Extraction(LayerTask work, WorkStore store, Supplier<MemoryServiceConfig> config, MetricsHub metrics,
            Intervals intervals, Callers callers) {
        this.claims = new WorkClaims(store);
        this.pace = new ExtractionPace(work, callers);
        this.config = config;
        this.intervals = intervals;
        this.attempt = new LayerAttempt(work, store, threads, config, metrics, intervals);
    }

    /// Starts to process the work list.
    public void start() {
        lock.lock();
        try {
            nextPoll = System.nanoTime();
        } finally {
            lock.unlock();
        }
        timer.start();
    }

    /// Registers the queued layers of a stored round.
    public void submit(SessionKey session, UUID roundId, Set<DerivedLayer> layers) {
        add(session.userId(), layers.size());
    }

    /// Checks the work list of users, after a deletion that queued layers again.
    public void recover(List<UUID> userIds) {
        userIds.forEach(userId -> add(userId, 1));
    }

    private void add(UUID userId, int items) {
        lock.lock();
        try {
            pending.add(userId, items);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Polls the work list at once, for instance after failed items were requeued.
    public void pollNow() {
        lock.lock();
        try {
            nextPoll = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the number of known items that wait or run.
    public int backlog() {
        lock.lock();
        try {
            return pending.items() + running;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until fewer items are known than a bound.
    ///
    /// @return false when the limit passed before
    public boolean awaitBacklogBelow(int bound, Duration limit) throws InterruptedException {
        return await(() -> pending.items() + running < bound, limit.toNanos());
    }

    private boolean await(BooleanSupplier reached, long nanos) throws InterruptedException {
        long remaining = nanos;
        lock.lock();
        try {
            while (!reached.getAsBoolean()) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the work list is empty, including items that wait for a retry and items of other processes.
    ///
    /// @return false when the limit passed before
    public boolean awaitIdle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = end - System.nanoTime();
                if (left <= 0 || !await(() -> !pending.ready() && running == 0, left)) {
                    return false;
                }
                // Items of this process are not in what the poll reads: none may start, end or run meanwhile.
                long before = activity();
                if (poll() && before >= 0 && before == activity()) {
                    return true;
                }
                boolean _ = await(pending::ready, Math.min(IDLE_CHECK_NANOS, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Returns the number of starts and ends of items; while it is the same, none started or ended.
    private long activity() {
        lock.lock();
        try {
            return pending.ready() || running > 0 || attempt.building() > 0 ? -1 : activity;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        MemoryServiceConfig now = config.get();
        int limit = pace.limit(now);
        while (!closed && !pace.isPausing() && running < limit) {
            Optional<UUID> user = pending.next(now.parallelEnabled() ? Set.of() : active);
            if (user.isEmpty()) {
                break;
            }
            running++;
            activity++;
            active.add(user.get());
            start(user.get(), LayerAttempt.lease(now, intervals));
        }
        changed.signalAll();
    }

    private void start(UUID userId, Duration lease) {
        try {
            threads.execute(() -> process(userId, lease));
        } catch (Throwable e) {
            // No thread could be created: the next poll finds the item again.
            running--;
            active.remove(userId);
            throw e;
        }
    }

    private void process(UUID userId, Duration lease) {
        Optional<Long> retryAt = Optional.empty();
        Optional<WorkItem> item = Optional.empty();
        long began = System.nanoTime();
        UUID claim = UUID.randomUUID();
        try {
            item = claims.claim(userId, claim, lease);
            claimed(userId, item.isPresent());
            if (item.isPresent()) {
                Optional<LayerAttempt.Retry> retry = attempt.run(item.get());
                retryAt = retry.map(one -> after(one.delay().plus(MARGIN)));
                if (retry.isPresent() && retry.get().postponed()) {
                    pause(retryAt.get());
                }
            }
        } catch (EngineException e) {
            item.ifPresent(claims::addUnreported);
            claims.logFailure(e);
            retryAt = Optional.of(after(intervals.poll()));
        } catch (Throwable e) {
            item.ifPresent(claims::addUnreported);
            BackgroundHealth.report("engine-extract", e);
            retryAt = Optional.of(after(intervals.poll()));
        } finally {
            claims.end(claim, item);
            pace.yieldAfter(System.nanoTime() - began, threads::isShutdown);
            finished(userId, item.isPresent(), retryAt);
        }
    }

    private void pause(long until) {
        lock.lock();
        try {
            pace.pause(until);
        } finally {
            lock.unlock();
        }
    }

    private static long after(Duration wait) {
        return System.nanoTime() + wait.toNanos();
    }

    private void claimed(UUID userId, boolean found) {
        lock.lock();
        try {
            if (found) {
                pending.taken(userId);
                dispatch();
            } else {
                pending.exhausted(userId);
            }
        } finally {
            lock.unlock();
        }
    }

    private void finished(UUID userId, boolean ran, Optional<Long> retryAt) {
        lock.lock();
        try {
            running--;
            activity++;
            active.remove(userId);
            pending.exhausted(userId);
            if (ran) {
                // Its row was locked while it was stored, so a claim at that time skipped its other layer.
                pending.add(userId, 0);
            }
            retryAt.ifPresent(due -> pending.later(userId, due));
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Dispatches items that are due and polls the work list.
    ///
    /// @return false when the extraction is closed
    @SuppressWarnings("WaitNotInLoop") // the loop is the timer's
    private boolean turn() throws InterruptedException {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            long now = System.nanoTime();
            pending.wake(now);
            attempt.tick();
            claims.tick();
            dispatch();
            if (nextPoll - now > 0) {
                long next = pending.nextDue().filter(due -> due - nextPoll < 0).orElse(nextPoll);
                long wait = pace.earliest(next) - now;
                long _ = timer.await(() -> changed.awaitNanos(wait));
                return true;
            }
        } finally {
            lock.unlock();
        }
        poll();
        return true;
    }

    /// Reads the work list. Returns true when it is empty, false also when it could not be read.
    private boolean poll() {
        boolean read = false;
        List<WorkStore.Waiting> found = List.of();
        try {
            found = claims.waiting();
            read = true;
        } catch (EngineException e) {
            claims.logFailure(e);
        }
        lock.lock();
        try {
            long now = System.nanoTime();
            found.forEach(
                    user -> pending.found(user.userId(), user.items(), now + user.remaining().toNanos(), now));
            nextPoll = now + intervals.poll().toNanos();
            dispatch();
            return read && found.isEmpty() && claims.allReported();
        } finally {
            lock.unlock();
        }
    }

    /// Stops processing. Pending items remain in the work list for the next start; running items return to it.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            pending.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
        boolean interrupted = false;
        try {
            if (threads.awaitTermination(intervals.closing().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            // Builds are no longer awaited, but the return of their items is.
            interrupted = true;
        }
        attempt.interruptBuilds();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
