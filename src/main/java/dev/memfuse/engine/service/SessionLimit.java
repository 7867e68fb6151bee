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
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Bounds the number of private model sessions by memory, since one takes hundreds of megabytes. At least one is
/// allowed. Beyond the bound, a caller takes the place of an idle session or waits in the order of arrival, in stage
/// `model`. Thread-safe.
final class SessionLimit {
    /// Heap that loading a session takes: the model's file, twice, and the vocabulary. Measured: 62 to 100 MB.
    static final long HEAP_BYTES = 96L << 20;
    /// Heap that a loaded session keeps. Measured: below 2 MB.
    static final long KEPT_HEAP_BYTES = 4L << 20;
    /// Native memory of a session after a batch of 16 full windows. Measured: 129 and 162 MB.
    static final long NATIVE_BYTES = 192L << 20;
    /// Loads may take this part of the heap: one half.
    private static final int LOADING_PART = 2;
    /// Loaded sessions may take this part of the heap: one eighth.
    private static final int KEPT_PART = 8;

    private static final Pattern MEMORY_LINE = Pattern.compile("(Mem\\w+):\\s+(\\d+) kB");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private final LongSupplier maxHeap;
    private final LongSupplier freeMemory;
    private final BooleanSupplier closeIdle;
    private int sessions;
    private int loading;

    /// @param maxHeap maximum size of the heap, in bytes
    /// @param freeMemory memory of the machine, or of the container, that no process uses, in bytes
    /// @param closeIdle closes an idle session, calls [#release] for it, and returns whether there was one; called
    ///        under the lock of this limit
    SessionLimit(LongSupplier maxHeap, LongSupplier freeMemory, BooleanSupplier closeIdle) {
        this.maxHeap = maxHeap;
        this.freeMemory = freeMemory;
        this.closeIdle = closeIdle;
    }

    /// Returns a limit by the memory of this process and machine.
    ///
    /// @param closeIdle as in the constructor
    static SessionLimit ofThisMachine(BooleanSupplier closeIdle) {
        return new SessionLimit(Runtime.getRuntime()::maxMemory, SessionLimit::availableMemory, closeIdle);
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

    /// Waits until memory allows to load another session. Needs a [#loaded] after the load and a [#release] after the
    /// session is closed, or at once when the load fails.
    ///
    /// @throws EngineException when the caller is interrupted while it waits
    void acquire() {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.MODEL);
        try {
            awaitTurn();
        } finally {
            trace.exit(outer);
        }
    }

    @SuppressWarnings("ReferenceEquality") // each waiting thread has its own condition
    private void awaitTurn() {
        lock.lock();
        Condition turn = lock.newCondition();
        try {
            waiting.addLast(turn);
            while (waiting.getFirst() != turn || !loadFits() || !(sessionFits() || closeIdle.getAsBoolean())) {
                turn.await();
            }
            sessions++;
            loading++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("The wait for a model session was interrupted.", "", e);
        } finally {
            waiting.remove(turn);
            wakeFirst();
            lock.unlock();
        }
    }

    private boolean loadFits() {
        return loading == 0 || loading < maxHeap.getAsLong() / LOADING_PART / HEAP_BYTES;
    }

    /// Memory is read at each decision: the sessions that exist are part of what is used. A session grows with its
    /// first batches, so room is kept for those that have just begun.
    private boolean sessionFits() {
        return sessions == 0 || (sessions < maxHeap.getAsLong() / KEPT_PART / KEPT_HEAP_BYTES
                && freeMemory.getAsLong() / NATIVE_BYTES > sessions);
    }

    /// Ends a load, successful or not.
    void loaded() {
        lock.lock();
        try {
            loading--;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the place of a session that is closed.
    void release() {
        lock.lock();
        try {
            sessions--;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    /// Lets the first waiting caller look for an idle session.
    void recheck() {
        lock.lock();
        try {
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

    /// Returns the number of sessions that are loaded or being loaded.
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
