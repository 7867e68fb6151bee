package dev.memfuse.engine.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Bounds the number of private model sessions by the memory that is left, since one takes hundreds of megabytes. At
/// least one is allowed. Callers beyond the bound wait in the order of their arrival, in stage `model`. Thread-safe.
final class SessionLimit {
    /// Heap that loading a session takes: the model's file, twice, and the vocabulary. Measured: 62 to 100 MB.
    static final long HEAP_BYTES = 96L << 20;
    /// Native memory of a session after a batch of 16 full windows. Measured: 129 and 162 MB.
    static final long NATIVE_BYTES = 192L << 20;
    /// The share of the heap that private sessions may take.
    private static final int HEAP_SHARE = 2;

    private static final Pattern MEMORY_LINE = Pattern.compile("(Mem\\w+):\\s+(\\d+) kB");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private final LongSupplier maxHeap;
    private final LongSupplier freeMemory;
    private int sessions;

    /// @param maxHeap maximum size of the heap, in bytes
    /// @param freeMemory memory of the machine, or of the container, that no process uses, in bytes
    SessionLimit(LongSupplier maxHeap, LongSupplier freeMemory) {
        this.maxHeap = maxHeap;
        this.freeMemory = freeMemory;
    }

    /// Returns a limit by the memory of this process and machine.
    static SessionLimit ofThisMachine() {
        return new SessionLimit(Runtime.getRuntime()::maxMemory, SessionLimit::availableMemory);
    }

    /// Returns the memory that processes can get. On Linux the page cache counts as available, unless a container has a
    /// limit of its own.
    private static long availableMemory() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long free = system.getFreeMemorySize();
        try {
            Map<String, Long> bytes = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .map(MEMORY_LINE::matcher).filter(Matcher::matches)
                    .collect(Collectors.toMap(line -> line.group(1), line -> Long.parseLong(line.group(2)) << 10));
            boolean limited = system.getTotalMemorySize() < bytes.getOrDefault("MemTotal", Long.MAX_VALUE);
            return limited ? free : bytes.getOrDefault("MemAvailable", free);
        } catch (IOException | UncheckedIOException _) {
            return free;
        }
    }

    /// Runs a call that has a session of its own, when memory allows another session.
    ///
    /// @throws EngineException when the caller is interrupted while it waits
    <T> T within(Supplier<T> call) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.MODEL);
        try {
            acquire();
        } finally {
            trace.exit(outer);
        }
        try {
            return call.get();
        } finally {
            release();
        }
    }

    @SuppressWarnings("ReferenceEquality") // each waiting thread has its own condition
    private void acquire() {
        lock.lock();
        Condition turn = lock.newCondition();
        try {
            waiting.addLast(turn);
            while (waiting.getFirst() != turn || !fits()) {
                turn.await();
            }
            sessions++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("The wait for a model session was interrupted.", "", e);
        } finally {
            waiting.remove(turn);
            wakeFirst();
            lock.unlock();
        }
    }

    /// Memory is read at each decision: the sessions that exist are part of what is used. A session grows with its
    /// first batches, so room is kept for those that have just begun.
    private boolean fits() {
        return sessions == 0 || (sessions < maxHeap.getAsLong() / HEAP_SHARE / HEAP_BYTES
                && freeMemory.getAsLong() / NATIVE_BYTES > sessions);
    }

    private void release() {
        lock.lock();
        try {
            sessions--;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        if (!waiting.isEmpty()) {
            waiting.getFirst().signal();
        }
    }

    /// Returns the number of sessions in use.
    int sessions() {
        lock.lock();
        try {
            return sessions;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the number of callers that wait.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
