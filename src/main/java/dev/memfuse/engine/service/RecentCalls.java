package dev.memfuse.engine.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// Says whether operations began a moment ago, so that others are expected. Thread-safe.
final class RecentCalls {
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier operations;
    private final LongSupplier clock;
    private final AtomicReference<Seen> last;

    /// @param operations number of operations so far
    /// @param clock nanoseconds of a monotonic clock
    RecentCalls(LongSupplier operations, LongSupplier clock) {
        this.operations = operations;
        this.clock = clock;
        last = new AtomicReference<>(new Seen(operations.getAsLong(), false, clock.getAsLong()));
    }

    /// A number of operations, whether there were any, and when it was first seen.
    private record Seen(long operations, boolean any, long at) {}

    /// Returns whether an operation began a moment ago. One that began long after the last question counts too, since
    /// nobody saw when it began.
    boolean any() {
        long now = clock.getAsLong();
        long current = operations.getAsLong();
        Seen seen = last.updateAndGet(before -> before.operations() == current ? before : new Seen(current, true, now));
        return seen.any() && now - seen.at() < MOMENT_NANOS;
    }
}
