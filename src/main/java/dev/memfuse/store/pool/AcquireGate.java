package dev.memfuse.store.pool;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holds requests for a connection back while a person has suspended the pool, or the server is restarted on purpose.
/// An open gate costs one volatile read: HikariCP's own suspension would cost two operations on a semaphore for each
/// lease. Thread-safe.
final class AcquireGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private volatile boolean closed;
    private volatile boolean suspended;
    private volatile boolean held;

    /// Returns when the gate is open.
    ///
    /// @throws SQLTransientConnectionException when it stays closed for the limit, or the thread is interrupted
    void pass(Duration limit) throws SQLTransientConnectionException {
        if (closed) {
            await(limit);
        }
    }

    private void await(Duration limit) throws SQLTransientConnectionException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (closed) {
                if (left <= 0) {
                    throw new SQLTransientConnectionException("the pool is suspended: no connection for "
                            + limit.toMillis() + " ms");
                }
                left = opened.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while the pool is suspended", e);
        } finally {
            lock.unlock();
        }
    }

    /// Suspends the pool, until [#open].
    void close() {
        change(() -> suspended = true);
    }

    void open() {
        change(() -> suspended = false);
    }

    /// Holds all requests, until [#release].
    void hold() {
        change(() -> held = true);
    }

    void release() {
        change(() -> held = false);
    }

    /// Changes one reason and keeps the other, which another thread may change.
    private void change(Runnable reason) {
        lock.lock();
        try {
            reason.run();
            closed = suspended || held;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether a person has suspended the pool.
    boolean isClosed() {
        return suspended;
    }

    boolean isHeld() {
        return held;
    }
}
