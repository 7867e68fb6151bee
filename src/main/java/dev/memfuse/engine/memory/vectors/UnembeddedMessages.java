package dev.memfuse.engine.memory.vectors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Users with stored messages that have no vector, in the order in which they were added: the ids of a few, or all that
/// storage knows. Bounded: of a user with many, only their number is kept. Thread-safe.
final class UnembeddedMessages {
    /// Maximum number of ids of all users; further messages are found in storage.
    private static final int MAX_IDS = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<UUID, Work> byUser = new LinkedHashMap<>();
    private int ids;
    private long waiting;
    private boolean closed;

    private static final class Work {
        private final List<UUID> ids = new ArrayList<>();
        private boolean all;
        /// Whether messages were added since the last portion of all was taken, which may lack them.
        private boolean added;
        private long waiting;
    }

    /// Messages of one user to embed.
    ///
    /// @param ids of the messages; empty for all that storage knows
    record Portion(UUID userId, List<UUID> ids) {
        boolean all() {
            return ids.isEmpty();
        }
    }

    /// Adds stored messages.
    void add(UUID userId, Collection<UUID> messageIds) {
        lock.lock();
        try {
            Work work = byUser.computeIfAbsent(userId, _ -> new Work());
            count(work, messageIds.size());
            if (!work.all && ids + messageIds.size() <= MAX_IDS) {
                work.ids.addAll(messageIds);
                ids += messageIds.size();
            } else {
                seekAll(work);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Adds all messages of a user that storage knows.
    ///
    /// @param number of them; 0 when it is unknown
    void addAll(UUID userId, long number) {
        lock.lock();
        try {
            Work work = byUser.computeIfAbsent(userId, _ -> new Work());
            seekAll(work);
            count(work, number - work.waiting);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void seekAll(Work work) {
        work.all = true;
        work.added = true;
        ids -= work.ids.size();
        work.ids.clear();
    }

    private void count(Work work, long change) {
        work.waiting += change;
        waiting += change;
    }

    /// Returns messages of the user that waits longest; blocks until there is one. Messages that are added meanwhile
    /// belong to a later portion.
    ///
    /// @param limit maximum number of ids
    /// @param stop true ends the wait, after a call of [#wake]
    /// @return empty when the wait or the work ends
    Optional<Portion> next(int limit, BooleanSupplier stop) throws InterruptedException {
        lock.lock();
        try {
            while (byUser.isEmpty() && !closed && !stop.getAsBoolean()) {
                changed.await();
            }
            if (closed || byUser.isEmpty()) {
                return Optional.empty();
            }
            Map.Entry<UUID, Work> first = byUser.entrySet().iterator().next();
            Work work = first.getValue();
            if (work.all) {
                work.added = false;
                return Optional.of(new Portion(first.getKey(), List.of()));
            }
            List<UUID> taken = work.ids.subList(0, Math.min(limit, work.ids.size()));
            Portion portion = new Portion(first.getKey(), List.copyOf(taken));
            ids -= taken.size();
            taken.clear();
            return Optional.of(portion);
        } finally {
            lock.unlock();
        }
    }

    /// Counts messages of a portion that have a vector now, and puts the user behind the others.
    ///
    /// @param finished whether storage has no further messages of the user
    void done(Portion portion, int messages, boolean finished) {
        lock.lock();
        try {
            Work work = byUser.remove(portion.userId());
            if (work == null) {
                return;
            }
            count(work, -Math.min(messages, work.waiting));
            if (portion.all() ? !finished || work.added : !work.ids.isEmpty() || work.all) {
                byUser.put(portion.userId(), work);
            } else {
                count(work, -work.waiting);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Puts a portion back that failed, behind the other users: its messages are found in storage again.
    void failed(Portion portion) {
        lock.lock();
        try {
            Work work = byUser.remove(portion.userId());
            if (work != null) {
                seekAll(work);
                byUser.put(portion.userId(), work);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets [#next] check whether to stop.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the number of messages that wait.
    long waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /// Waits, at most this long.
    ///
    /// @return false when the work ends
    boolean pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the work.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
