package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.spi.ErasureStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes from this engine's indexes and dead letters on disk what was deleted elsewhere: by another process, or by
/// this one before a crash. Runs at the start and at an interval, on a virtual thread.
///
/// Deletions of messages and sessions are found by their time in the database. A deleted user leaves no row there, so
/// the users with an index on disk are looked up in turn: all at the start, then a portion at each run.
final class ErasureSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureSweep.class);
    /// Longer than a transaction that deletes may take from reading the clock to its commit.
    private static final long OVERLAP_MICROS = TimeUnit.MICROSECONDS.convert(Duration.ofMinutes(10));
    private static final int PORTION = 500;

    private final ErasureStore store;
    private final IndexRoot root;
    private final UserStates states;
    private final UserLocks locks;
    private final StorageHealth health;
    private final Runnable deadLetters;
    /// Held by a run; [#close] waits for it.
    private final ReentrantLock running = new ReentrantLock();
    /// Deletions that are applied, of the users that the next run finds again.
    private Map<UUID, Long> applied = Map.of();
    private long latest;
    private boolean complete;
    private volatile boolean closed;

    /// @param deadLetters removes the dead letters of what was deleted
    ErasureSweep(ErasureStore store, IndexRoot root, UserStates states, UserLocks locks, StorageHealth health,
            Runnable deadLetters, Duration interval, ScheduledExecutorService timer) {
        this.store = store;
        this.root = root;
        this.states = states;
        this.locks = locks;
        this.health = health;
        this.deadLetters = deadLetters;
        latest = root.mark();
        timer.scheduleWithFixedDelay(() -> BackgroundThreads.virtual("engine-erasure").start(this::run), 0,
                interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        if (closed || health.isDown() || !running.tryLock()) {
            return;
        }
        try {
            applyDeletions();
            removeDeletedUsers();
            deadLetters.run();
        } catch (RuntimeException e) {
            // The next run repeats it.
            LOG.warn("Engine: deletions could not be applied on disk: {}", e.toString());
        } finally {
            running.unlock();
        }
    }

    private void applyDeletions() {
        Map<UUID, Long> found = store.since(Math.max(0, latest - OVERLAP_MICROS));
        long newest = latest;
        for (Map.Entry<UUID, Long> deletion : found.entrySet()) {
            if (closed) {
                return;
            }
            UUID user = deletion.getKey();
            if (!deletion.getValue().equals(applied.get(user)) && root.exists(user)) {
                locks.shared(user, () -> {
                    states.of(user).index().erase(deletion.getValue());
                    return true;
                });
            }
            newest = Math.max(newest, deletion.getValue());
        }
        applied = new HashMap<>(found);
        if (newest > latest) {
            latest = newest;
            root.mark(newest);
        }
    }

    private void removeDeletedUsers() {
        List<UUID> users = root.nextUsers(PORTION);
        while (!users.isEmpty() && !closed) {
            removeDeleted(users);
            if (complete) {
                return;
            }
            users = root.nextUsers(PORTION);
        }
        complete |= !closed;
    }

    private void removeDeleted(List<UUID> users) {
        Set<UUID> existing = store.existing(users);
        List<UUID> deleted = new ArrayList<>(users);
        deleted.removeAll(existing);
        for (UUID user : deleted) {
            locks.shared(user, () -> {
                states.of(user).deleteDerived();
                return true;
            });
            LOG.info("Index: removed the index of user {}, which was deleted elsewhere", user);
        }
    }

    /// Waits for a running sweep and prevents further ones.
    @Override
    public void close() {
        closed = true;
        running.lock();
        try {
            LOG.debug("Index: the sweep of deletions ended");
        } finally {
            running.unlock();
        }
    }
}
