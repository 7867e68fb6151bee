package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Keeps the calls of a user apart from a deletion of the same user's data: calls run side by side, a deletion runs alone.
/// A call that was under way is then either wholly before the deletion, which takes away what it brought, or wholly after
/// it, and finds nothing. A user without calls costs nothing here. Thread-safe.
final class UserLocks {
    private final Map<UUID, Gate> gates = new ConcurrentHashMap<>();

    /// @param users calls that run or wait; the gate is dropped with the last
    private record Gate(ReentrantReadWriteLock lock, int users) {
        Gate with(int change) {
            return new Gate(lock, users + change);
        }
    }

    /// Runs a call beside others of the user.
    <T> T beside(UUID userId, Supplier<T> call) {
        return inside(userId, ReentrantReadWriteLock::readLock, call);
    }

    /// Runs a deletion after the calls that are under way and before those that come.
    <T> T alone(UUID userId, Supplier<T> call) {
        return inside(userId, ReentrantReadWriteLock::writeLock, call);
    }

    private <T> T inside(UUID userId, Function<ReentrantReadWriteLock, Lock> side, Supplier<T> call) {
        Gate gate = gates.merge(userId, new Gate(new ReentrantReadWriteLock(), 1), (known, _) -> known.with(1));
        Lock lock = side.apply(gate.lock());
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
            gates.computeIfPresent(userId, (_, known) -> known.users() == 1 ? null : known.with(-1));
        }
    }

    /// Users with a call under way or waiting.
    int size() {
        return gates.size();
    }
}
