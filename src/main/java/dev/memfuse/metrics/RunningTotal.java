package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;

/// A counter that never falls, and that the sampler reads in portions. Counting is wait-free and does not allocate.
/// Thread-safe.
final class RunningTotal {
    private final LongAdder total = new LongAdder();
    private long taken;

    void add(long value) {
        total.add(value);
    }

    long total() {
        return total.sum();
    }

    /// Returns what was added since the last call.
    synchronized long take() {
        long now = total.sum();
        long added = now - taken;
        taken = now;
        return added;
    }
}
