package dev.memfuse.engine.retrieval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Changes that a user's index has not applied yet, and whether the index is stale, that is, possibly different from
/// the database. Accepts changes between [#start] and [#stop] only. When too many are pending they are dropped, and the
/// index is stale. Thread-safe.
final class PendingChanges {
    private static final int MAX_PENDING = 50_000;

    private final Deque<Consumer<UserIndex>> queue = new ArrayDeque<>();
    private boolean accepting;
    private boolean stale;
    private boolean removalPending;
    /// Whether a removal was dropped and only a reconciliation can take its texts off the disk.
    private boolean removalDropped;

    /// Accepts changes from now on. Earlier ones are dropped.
    synchronized void start() {
        queue.clear();
        stale = false;
        removalPending = false;
        removalDropped = false;
        accepting = true;
    }

    /// Refuses changes from now on and drops the pending ones.
    ///
    /// @return whether a removal is not applied, so that the disk may hold its texts
    synchronized boolean stop() {
        boolean removal = removalPending || removalDropped;
        accepting = false;
        queue.clear();
        removalPending = false;
        return removal;
    }

    synchronized boolean isAccepting() {
        return accepting;
    }

    /// Queues a change.
    ///
    /// @return false when changes are refused
    synchronized boolean offer(Consumer<UserIndex> change) {
        if (!accepting) {
            return false;
        }
        if (queue.size() >= MAX_PENDING) {
            queue.clear();
            stale = true;
            removalDropped |= removalPending;
            removalPending = false;
        }
        try {
            queue.addLast(change);
        } catch (Throwable e) {
            // The index lacks the change: the next query reads it from storage.
            stale = true;
            throw e;
        }
        return true;
    }

    /// Queues a change that removes texts.
    ///
    /// @return false when changes are refused
    synchronized boolean offerRemoval(Consumer<UserIndex> removal) {
        boolean offered = offer(removal);
        removalPending |= offered;
        return offered;
    }

    /// Applies the pending changes in their order. Those that arrive meanwhile are applied too.
    void applyTo(UserIndex target) {
        for (Consumer<UserIndex> change = next(); change != null; change = next()) {
            change.accept(target);
        }
        synchronized (this) {
            removalPending &= !queue.isEmpty();
        }
    }

    private synchronized @Nullable Consumer<UserIndex> next() {
        return queue.pollFirst();
    }

    synchronized void markStale() {
        stale = true;
    }

    /// Returns whether the index is stale and clears the mark. Call [#markStale] again when the reconciliation fails.
    synchronized boolean takeStale() {
        boolean was = stale;
        stale = false;
        return was;
    }

    /// Called when a reconciliation took dropped removals off the index.
    synchronized void reconciled() {
        removalDropped = false;
    }

    synchronized boolean isRemovalDropped() {
        return removalDropped;
    }
}
