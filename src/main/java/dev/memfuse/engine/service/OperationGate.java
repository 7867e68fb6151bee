package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.EngineException;

/// Admits operations until the engine closes. After [#close] everything that an operation acknowledged is buffered, so
/// the last flush misses nothing. Thread-safe.
final class OperationGate {
    /// Held for reading by each operation and for writing to close.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private final LongAdder operations = new LongAdder();

    /// Runs an operation.
    ///
    /// @throws EngineException when the engine is closed or closing
    <T> T whileOpen(Supplier<T> operation) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            operations.increment();
            return operation.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Returns the number of operations so far.
    long operations() {
        return operations.sum();
    }

    /// Rejects later operations and waits for running ones.
    ///
    /// @param limit maximum time to wait
    /// @return false when the gate was closed before
    boolean close(Duration limit) {
        boolean locked = false;
        try {
            locked = lock.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
            boolean first = !closed;
            closed = true;
            return first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return true;
        } finally {
            if (locked) {
                lock.writeLock().unlock();
            }
        }
    }
}
