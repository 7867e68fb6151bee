package dev.memfuse.background;

import java.time.Duration;

/// Waits between the attempts of a job that failed: one second at first, twice as long after each further failure, at
/// most two minutes. Thread-safe.
public final class Backoff {
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 7;
    private static final long MAX_NANOS = Duration.ofMinutes(2).toNanos();

    private int failures;
    private long failedAt;

    /// Records a failed attempt, at which the wait begins.
    public synchronized void failed() {
        failures = Math.min(failures + 1, MOST_DOUBLINGS + 1);
        failedAt = System.nanoTime();
    }

    /// Records that the job succeeded or was replaced: the next failure waits shortly again.
    public synchronized void succeeded() {
        failures = 0;
    }

    /// Returns whether the job failed and the wait is over.
    public synchronized boolean due() {
        return due(System.nanoTime());
    }

    synchronized boolean due(long now) {
        return failures > 0 && now - failedAt >= Math.min(FIRST_NANOS << (failures - 1), MAX_NANOS);
    }
}
