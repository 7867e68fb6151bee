package dev.memfuse.metrics.slice;

import java.util.Collection;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// The distribution of times in a span: the buckets of [LatencyGrid] that have values, and the largest value. Slices
/// can be merged without loss, which percentiles cannot. About 6 bytes for each bucket that is not empty. Immutable.
public final class LatencySlice {
    /// No values.
    public static final LatencySlice NONE = new LatencySlice(new short[0], new int[0], 0, 0);
    /// Absorbs the rounding of a product such as 0.999 × 1000.
    private static final double ROUNDING = 1e-6;

    private final short[] buckets;
    private final int[] counts;
    private final long count;
    private final long max;

    private LatencySlice(short[] buckets, int[] counts, long count, long max) {
        this.buckets = buckets;
        this.counts = counts;
        this.count = count;
        this.max = max;
    }

    /// Receives a bucket of [LatencyGrid] and its number of values.
    @FunctionalInterface
    public interface BucketConsumer {
        void accept(int bucket, int count);
    }

    /// Returns the distribution of a histogram of nanoseconds.
    public static LatencySlice of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return NONE;
        }
        long[] dense = new long[LatencyGrid.SIZE];
        for (HistogramIterationValue value : nanos.recordedValues()) {
            dense[LatencyGrid.bucketOf(value.getValueIteratedTo())] += value.getCountAtValueIteratedTo();
        }
        return of(dense, nanos.getMaxValue());
    }

    private static LatencySlice of(long[] dense, long max) {
        int used = 0;
        long total = 0;
        for (long one : dense) {
            used += one > 0 ? 1 : 0;
            total += one;
        }
        short[] buckets = new short[used];
        int[] counts = new int[used];
        int next = 0;
        for (int bucket = 0; bucket < dense.length; bucket++) {
            if (dense[bucket] > 0) {
                buckets[next] = (short) bucket;
                counts[next++] = (int) Math.min(Integer.MAX_VALUE, dense[bucket]);
            }
        }
        return new LatencySlice(buckets, counts, total, max);
    }

    /// Returns the sum of distributions.
    public static LatencySlice merge(Collection<LatencySlice> slices) {
        long[] dense = new long[LatencyGrid.SIZE];
        long max = 0;
        for (LatencySlice slice : slices) {
            slice.forEach((bucket, count) -> dense[bucket] += count);
            max = Math.max(max, slice.max);
        }
        return max == 0 && slices.stream().allMatch(slice -> slice.count == 0) ? NONE : of(dense, max);
    }

    /// Calls `each` for every bucket that has values, in ascending order.
    public void forEach(BucketConsumer each) {
        for (int i = 0; i < buckets.length; i++) {
            each.accept(buckets[i], counts[i]);
        }
    }

    /// Returns the number of values.
    public long count() {
        return count;
    }

    /// Returns the largest value in nanoseconds, exactly; 0 without values.
    public long max() {
        return max;
    }

    /// Returns the number of buckets that have values.
    public int size() {
        return buckets.length;
    }

    /// Returns a percentile in nanoseconds: the middle of its bucket, at most the maximum; 0 without values.
    ///
    /// @param percentile 0..100
    public long nanosAt(double percentile) {
        long rank = Math.max(1, (long) Math.ceil(percentile / 100 * count - ROUNDING));
        long below = 0;
        for (int i = 0; i < buckets.length; i++) {
            below += counts[i];
            if (below >= rank) {
                return Math.min(max, LatencyGrid.middle(buckets[i]));
            }
        }
        return max;
    }

    /// Returns the mean of the middles of the buckets in nanoseconds; 0 without values.
    public double meanNanos() {
        double sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += (double) LatencyGrid.middle(buckets[i]) * counts[i];
        }
        return count == 0 ? 0 : Math.min(max, sum / count);
    }
}
