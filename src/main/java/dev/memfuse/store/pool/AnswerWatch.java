package dev.memfuse.store.pool;

import java.util.concurrent.TimeUnit;

/// Watches whether calls are answered, and decides when the database should be probed: a call lost its connection,
/// calls wait without any answer, one waits for long, or nothing was answered for a second. Times are on the clock of
/// [System#nanoTime]. Thread-safe.
final class AnswerWatch {
    /// A connection that is leased for this time may be lost: the probe asks the server.
    static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(3);
    /// Calls without an answer for this time lead to a probe.
    private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /// Interval of the probes while no call is answered.
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long answeredAt = System.nanoTime();
    private volatile long probedAt = System.nanoTime();
    /// Whether the last call ended with a failure of its connection.
    private volatile boolean failed;

    /// Notes the end of a call.
    ///
    /// @param connected whether its connection is sound
    void note(boolean connected) {
        answeredAt = System.nanoTime();
        if (failed == connected) {
            failed = !connected;
        }
    }

    /// Notes the end of a probe.
    void probed() {
        probedAt = System.nanoTime();
    }

    /// Returns whether the database should be probed.
    ///
    /// @param oldestLease how long the oldest connection in use is leased, in nanoseconds
    /// @param longestWait how long the oldest caller waits for a connection, in nanoseconds
    boolean needProbe(long now, long oldestLease, long longestWait) {
        long silent = now - answeredAt;
        return failed || Math.min(Math.max(oldestLease, longestWait), silent) >= SILENT_NANOS
                || (now - probedAt >= IDLE_NANOS && (silent >= IDLE_NANOS || oldestLease >= STALLED_NANOS));
    }
}
