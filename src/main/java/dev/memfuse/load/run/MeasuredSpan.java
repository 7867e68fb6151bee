package dev.memfuse.load.run;

import java.time.Instant;

import dev.memfuse.metrics.SteadyClock;

/// The measured part of a run. One thread.
final class MeasuredSpan {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private long lastArrivalNanos = startNanos;

    /// Start of the measured part on the clock of [System#nanoTime].
    long startNanos() {
        return startNanos;
    }

    Instant startedAt() {
        return startedAt;
    }

    /// Marks the end of the arrivals.
    void endArrivals() {
        lastArrivalNanos = System.nanoTime();
    }

    /// Returns the seconds in which operations were due.
    double arrivalSeconds() {
        return (lastArrivalNanos - startNanos) / NANOS_PER_SECOND;
    }

    /// Returns the seconds until the last operation ended, at least [#arrivalSeconds].
    ///
    /// @param lastEndNanos end of the last operation on the clock of [System#nanoTime]
    double secondsUntil(long lastEndNanos) {
        return Math.max(arrivalSeconds(), (lastEndNanos - startNanos) / NANOS_PER_SECOND);
    }
}
