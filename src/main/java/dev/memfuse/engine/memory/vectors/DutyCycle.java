package dev.memfuse.engine.memory.vectors;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// Bounds the share of one processor that background work takes, by pauses. Used by one thread.
final class DutyCycle {
    /// Share of the permitted one that remains while operations run.
    static final double BEHIND_OPERATIONS = 0.1;
    /// Time after an operation in which the work is still behind operations.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DoubleSupplier share;
    private final LongSupplier operations;
    private long seen;
    private long seenAt;

    /// @param share permitted share of one processor, 0..1
    /// @param operations number of operations so far
    DutyCycle(DoubleSupplier share, LongSupplier operations) {
        this.share = share;
        this.operations = operations;
    }

    /// Returns the pause after some work.
    ///
    /// @param workedNanos duration of the work
    /// @param now nanoseconds of a monotonic clock
    long pauseAfter(long workedNanos, long now) {
        long current = operations.getAsLong();
        if (current != seen) {
            seen = current;
            seenAt = now;
        }
        boolean busy = seenAt != 0 && now - seenAt < QUIET_NANOS;
        double permitted = share.getAsDouble() * (busy ? BEHIND_OPERATIONS : 1);
        return permitted >= 1 ? 0 : (long) (workedNanos * (1 - permitted) / Math.max(permitted, 1e-3));
    }
}
