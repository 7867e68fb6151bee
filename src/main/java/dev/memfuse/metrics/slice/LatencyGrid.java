package dev.memfuse.metrics.slice;

/// The buckets of a [LatencySlice]: 64 for each power of two from 1 µs, and as wide ones below, so that the middle of
/// a bucket differs from its values by less than 1 %, from 1 µs on.
public final class LatencyGrid {
    private static final int STEPS = 64;
    private static final int STEP_BITS = 6;
    /// Power of two at which the buckets begin to grow: about 1 µs.
    private static final int FIRST_POWER = 10;
    private static final int LAST_POWER = 42;
    /// Number of buckets; the last one ends above an hour.
    public static final int SIZE = STEPS + (LAST_POWER - FIRST_POWER) * STEPS;

    private LatencyGrid() {}

    /// Returns the bucket of a duration. A longer one than an hour belongs to the last bucket, a negative one to the
    /// first.
    ///
    /// @param nanos duration in nanoseconds
    public static int bucketOf(long nanos) {
        if (nanos < 1L << FIRST_POWER) {
            return (int) (Math.max(0, nanos) >> (FIRST_POWER - STEP_BITS));
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        if (power >= LAST_POWER) {
            return SIZE - 1;
        }
        int step = (int) (nanos >> (power - STEP_BITS)) & (STEPS - 1);
        return STEPS + (power - FIRST_POWER) * STEPS + step;
    }

    /// Returns the lower bound of a bucket in nanoseconds, inclusive; for [#SIZE] the upper bound of the last one.
    public static long from(int bucket) {
        if (bucket < STEPS) {
            return (long) bucket << (FIRST_POWER - STEP_BITS);
        }
        int power = FIRST_POWER + (bucket - STEPS) / STEPS;
        int step = (bucket - STEPS) % STEPS;
        return (long) (STEPS + step) << (power - STEP_BITS);
    }

    /// Returns the middle of a bucket in nanoseconds.
    public static long middle(int bucket) {
        return (from(bucket) + from(bucket + 1)) / 2;
    }
}
