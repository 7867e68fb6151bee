package dev.memfuse.load.run;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts operations under way and lets one thread wait until there is none. Thread-safe.
final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private int count;

    /// Takes a place unless `limit` operations are under way already.
    boolean tryEnter(int limit) {
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

    void leave() {
        lock.lock();
        try {
            if (--count == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Gives the caller's place back when more than `limit` are taken.
    ///
    /// @return whether the caller still has its place
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

    /// Waits until nothing is under way, at most `limit`.
    ///
    /// @return how many operations are still under way
    int awaitEmpty(Duration limit) throws InterruptedException {
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
