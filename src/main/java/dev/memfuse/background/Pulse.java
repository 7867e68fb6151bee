package dev.memfuse.background;

import java.time.Duration;

/// Whether a component works, waits or stands still. One thread writes, any thread reads.
final class Pulse {
    private static final long IDLE = 0;

    private final String component;
    private final long limitNanos;
    private volatile long busySince = IDLE;

    /// @param limit a turn that lasts longer stands still
    Pulse(String component, Duration limit) {
        this.component = component;
        this.limitNanos = limit.toNanos();
    }

    String component() {
        return component;
    }

    /// Marks the start of a turn.
    void busy() {
        long now = System.nanoTime();
        busySince = now == IDLE ? 1 : now;
    }

    /// Marks the end of a turn, or a wait for work.
    void idle() {
        busySince = IDLE;
    }

    /// Returns the nanoseconds since the start of a turn that lasts longer than the limit; 0 for none.
    long stalledNanos(long now) {
        long since = busySince;
        return since != IDLE && now - since > limitNanos ? now - since : 0;
    }
}
