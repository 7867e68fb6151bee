package dev.memfuse.console.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/// Processor time of one thread, found by the prefix of its name. Not thread-safe.
final class ThreadShare {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /// Instead of a processor time, where the platform does not tell it.
    static final long UNKNOWN = -1;

    private final String name;
    private long id = UNKNOWN;
    private long lastNanos;

    ThreadShare(String name) {
        this.name = name;
    }

    /// Returns the processor time of the current thread in nanoseconds, or [#UNKNOWN].
    static long ofThisThread() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : UNKNOWN;
    }

    /// Returns the share of one processor since the last call, 0..1; 0 without the thread and when `elapsedNanos` is 0.
    double take(long elapsedNanos) {
        if (id == UNKNOWN) {
            id = find();
        }
        long now = id == UNKNOWN ? UNKNOWN : THREADS.getThreadCpuTime(id);
        if (now < 0) {
            id = UNKNOWN;
            return 0;
        }
        long used = now - lastNanos;
        lastNanos = now;
        return elapsedNanos == 0 ? 0 : Math.clamp((double) used / elapsedNanos, 0, 1);
    }

    private long find() {
        for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(name)) {
                return info.getThreadId();
            }
        }
        return UNKNOWN;
    }
}
