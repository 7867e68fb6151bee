package dev.memfuse.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Durations since the start of the program, counted in fixed buckets, as collectors of metrics expect them. Recording
/// is wait-free and does not allocate. Thread-safe.
public final class LatencyBuckets {
    private static final double NANOS = 1e9;
    /// Upper bounds in seconds, inclusive: from the wait for a free connection to the longest call.
    private static final double[] BOUNDS = {0.000_01, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002, 0.005, 0.01,
            0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final long[] BOUND_NANOS = Arrays.stream(BOUNDS).mapToLong(bound -> Math.round(bound * NANOS))
            .toArray();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    /// Returns the upper bounds of all buckets but the last one in seconds, ascending.
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    /// Counts a duration.
    ///
    /// @param duration in nanoseconds; a negative one counts as 0
    public void record(long duration) {
        long counted = Math.max(0, duration);
        int found = Arrays.binarySearch(BOUND_NANOS, counted);
        counts.getAndIncrement(found >= 0 ? found : -found - 1);
        nanos.add(counted);
    }

    /// Returns the counts by bucket; the last one has no upper bound.
    public long[] counts() {
        long[] read = new long[counts.length()];
        Arrays.setAll(read, counts::get);
        return read;
    }

    /// Returns the sum of all durations in seconds.
    public double seconds() {
        return nanos.sum() / NANOS;
    }
}
