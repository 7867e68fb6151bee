package dev.memfuse.metrics;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/// A clock that never jumps: it reads the wall clock once, then counts the monotonic clock. All times of snapshots,
/// marks, alerts and loads come from it, so that they can be compared and drawn on one axis while someone sets the
/// system's clock. Such a change becomes visible after a restart. Thread-safe.
public final class SteadyClock extends Clock {
    private static final SteadyClock PROCESS = new SteadyClock(Clock.systemUTC(), System::nanoTime);

    private final ZoneId zone;
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    private SteadyClock(Clock wall, LongSupplier nanos) {
        this(ZoneOffset.UTC, wall.instant(), nanos.getAsLong(), nanos);
    }

    private SteadyClock(ZoneId zone, Instant start, long startNanos, LongSupplier nanos) {
        this.zone = zone;
        this.start = start;
        this.startNanos = startNanos;
        this.nanos = nanos;
    }

    /// Returns the clock of this process.
    public static SteadyClock process() {
        return PROCESS;
    }

    /// Returns a clock with other sources, for tests.
    ///
    /// @param wall read once
    /// @param nanos never goes back, in nanoseconds
    static SteadyClock of(Clock wall, LongSupplier nanos) {
        return new SteadyClock(wall, nanos);
    }

    /// Returns the current time of the clock of this process.
    public static Instant now() {
        return PROCESS.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(other, start, startNanos, nanos);
    }
}
