package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;

import dev.memfuse.metrics.SteadyClock;

/// The measured part of a run. One thread.
final class MeasuredSpan {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private final long planned;
    private long endNanos;

    /// Starts the measured part.
    MeasuredSpan(Duration planned) {
        this.planned = planned.toNanos();
        this.endNanos = startNanos + this.planned;
    }

    /// Returns the start on the clock of [System#nanoTime].
    long startNanos() {
        return startNanos;
    }

    /// Returns the planned end, or the time of the stop, on the clock of [System#nanoTime].
    long endNanos() {
        return endNanos;
    }

    Instant startedAt() {
        return startedAt;
    }

    /// Ends the part before its planned end.
    ///
    /// @param at time on the clock of [System#nanoTime]; before the start, the part is empty
    void stop(long at) {
        endNanos = Math.max(startNanos, Math.min(endNanos, at));
    }

    /// Returns the seconds until the planned end, or until the stop.
    double seconds() {
        return (endNanos - startNanos) / NANOS_PER_SECOND;
    }

    /// Returns the planned seconds.
    double plannedSeconds() {
        return planned / NANOS_PER_SECOND;
    }
}
