package dev.memfuse.load.generator;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The pauses of the workers of a closed run, each drawn evenly from a half to one and a half of the mean, so that
/// workers that started together do not stay together. Thread-safe.
final class ThinkTime {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SplittableRandom random;
    private final long mean;

    ThinkTime(Duration mean, long seed) {
        this.mean = mean.toNanos();
        this.random = new SplittableRandom(seed);
    }

    /// Blocks for one pause; returns at once without think time.
    ///
    /// @param ended ends the pause early when true; read again after each [#wake]
    void pass(BooleanSupplier ended) {
        if (mean == 0) {
            return;
        }
        lock.lock();
        try {
            long left = mean / 2 + random.nextLong(mean);
            while (left > 0 && !ended.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Makes the pausing workers read their condition again.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
