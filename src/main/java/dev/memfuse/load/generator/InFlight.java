package dev.memfuse.load.generator;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts operations in flight. Thread-safe.
public final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private int count;

    /// Counts one more operation, unless `limit` operations are in flight.
    ///
    /// @return whether the operation was counted
    public boolean tryEnter(int limit) {
        lock.lock();
        try {
            if (count >= limit) {
                return false;
            }
            count++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Starts the thread of a counted operation, and ends the operation when that fails.
    void start(Runnable start) {
        try {
            start.run();
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    /// Ends an operation.
    public void leave() {
        lock.lock();
        try {
            if (--count == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether more than `limit` operations are in flight.
    boolean exceeds(int limit) {
        lock.lock();
        try {
            return count > limit;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the caller's operation when more than `limit` are in flight.
    ///
    /// @return whether the caller may continue with another operation
    boolean keepPlace(int limit) {
        lock.lock();
        try {
            if (count <= limit) {
                return true;
            }
            count--;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until no operation is in flight, at most `limit`.
    ///
    /// @return the number of operations still in flight
    public int awaitEmpty(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (count > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }
}
