package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;

/// Counters of the engine's [Work]. Counting is wait-free and does not allocate. Thread-safe.
public final class WorkStats {
    private static final Work[] KINDS = Work.values();

    private final LongAdder[] counters = new LongAdder[KINDS.length];

    /// Creates counters at 0.
    public WorkStats() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /// Adds to a counter.
    public void add(Work work, long count) {
        counters[work.ordinal()].add(count);
    }

    /// Returns the counts now.
    public WorkCounts counts() {
        long[] values = new long[counters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = counters[i].sum();
        }
        return new WorkCounts(values);
    }
}
