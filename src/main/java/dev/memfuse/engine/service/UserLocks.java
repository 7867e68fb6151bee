package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Excludes the calls of a user during a deletion of the user's data; calls run concurrently. A call therefore runs
/// completely before the deletion, which removes its messages, or completely after it, when they are gone. A user
/// without calls has no lock object. Thread-safe.
final class UserLocks {
    private final Map<UUID, CountedLock> locks = new ConcurrentHashMap<>();

    /// @param users number of calls that hold the lock or wait for it; the last one removes it
    private record CountedLock(ReentrantReadWriteLock lock, int users) {
        CountedLock plus(int change) {
            return new CountedLock(lock, users + change);
        }
    }

    /// Runs a call concurrently with other calls of the user.
    <T> T shared(UUID userId, Supplier<T> call) {
        return locked(userId, ReentrantReadWriteLock::readLock, call);
    }

    /// Runs a deletion after the running calls of the user and before later ones.
    <T> T exclusive(UUID userId, Supplier<T> call) {
        return locked(userId, ReentrantReadWriteLock::writeLock, call);
    }

    /// Runs work without calls of the user, unless a call runs or waits now. Later calls wait for the work.
    ///
    /// @return false when a call runs or waits, else the result of the work
    boolean exclusiveIfFree(UUID userId, BooleanSupplier work) {
        CountedLock own = new CountedLock(new ReentrantReadWriteLock(), 1);
        own.lock().writeLock().lock();
        try {
            return locks.putIfAbsent(userId, own) == null && runAndLeave(userId, work);
        } finally {
            own.lock().writeLock().unlock();
        }
    }

    private boolean runAndLeave(UUID userId, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } finally {
            leave(userId);
        }
    }

    private void leave(UUID userId) {
        locks.computeIfPresent(userId, (_, current) -> current.users() == 1 ? null : current.plus(-1));
    }

    private <T> T locked(UUID userId, Function<ReentrantReadWriteLock, Lock> side, Supplier<T> call) {
        CountedLock counted = locks.merge(userId, new CountedLock(new ReentrantReadWriteLock(), 1),
                (current, _) -> current.plus(1));
        Lock lock = side.apply(counted.lock());
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
            leave(userId);
        }
    }

    /// Returns the number of users with running or waiting calls.
    int size() {
        return locks.size();
    }
}
