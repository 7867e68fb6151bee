package dev.memfuse.console.chart.data;

import org.jspecify.annotations.Nullable;

/// Ring buffer of the samples of one chart: a time and one value per series. Overwrites the oldest when full.
///
/// A missing value is `NaN`. Not thread-safe.
///
/// A ring can continue [another one][#continues] of lower resolution: the samples of that one that are older than its
/// own come first.
public final class SampleRing {
    /// Samples further apart than this are not joined by a line.
    public static final long GAP_MILLIS = 5_000;
    /// The same for samples of lower resolution, which describe ten seconds each.
    public static final long COARSE_GAP_MILLIS = 25_000;

    private final long[] times;
    private final double[][] values;
    private final long ownGap;
    private int start;
    private int size;
    private @Nullable SampleRing older;
    /// Number of samples of [#older] that come first.
    private int olderCount;
    private long shift;

    /// @param series number of values per sample
    /// @param capacity maximum number of samples
    public SampleRing(int series, int capacity) {
        this(series, capacity, GAP_MILLIS);
    }

    /// @param series number of values per sample
    /// @param capacity maximum number of samples
    /// @param gapMillis samples further apart than this are not joined by a line
    public SampleRing(int series, int capacity, long gapMillis) {
        if (series < 1 || capacity < 1) {
            throw new IllegalArgumentException("At least one series and one sample: " + series + ", " + capacity);
        }
        times = new long[capacity];
        values = new double[series][capacity];
        ownGap = gapMillis;
    }

    /// Appends a sample. Ignores a sample that is not newer than the last one.
    ///
    /// @param atMillis milliseconds since the epoch
    public void append(long atMillis, double... sample) {
        if (sample.length != values.length) {
            throw new IllegalArgumentException(sample.length + " values for " + values.length + " series");
        }
        if (size > 0 && atMillis <= times[(start + size - 1) % times.length]) {
            return;
        }
        boolean otherFirst = size == 0 || size == times.length;
        int slot = (start + size) % times.length;
        if (size == times.length) {
            start = (start + 1) % times.length;
        } else {
            size++;
        }
        times[slot] = atMillis;
        for (int series = 0; series < values.length; series++) {
            values[series][slot] = sample[series];
        }
        if (otherFirst) {
            countOlder();
        }
    }

    /// Moves all samples in time, also those that are appended later. Not for a ring that continues another one.
    ///
    /// @param millis added to the time of each sample, in place of what was added before
    public void shift(long millis) {
        shift = millis;
    }

    /// Lets the samples of another ring come before those of this one.
    ///
    /// @param coarse samples of the same series, ten seconds apart; after each change of it [#countOlder] is due
    public void continues(SampleRing coarse) {
        if (coarse.series() != series()) {
            throw new IllegalArgumentException(coarse.series() + " series before " + series());
        }
        older = coarse;
        countOlder();
    }

    /// Finds again which older samples come before those of this ring.
    public void countOlder() {
        SampleRing first = older;
        olderCount = first == null ? 0 : size == 0 ? first.size() : first.firstNotBefore(times[start]);
    }

    /// Removes all samples; those of the ring that it continues stay.
    public void clear() {
        start = 0;
        size = 0;
        countOlder();
    }

    /// Returns the number of samples.
    public int size() {
        return olderCount + size;
    }

    /// Returns the longest time, in milliseconds, after sample `index` for which it describes the state.
    public long gap(int index) {
        return index < olderCount ? COARSE_GAP_MILLIS : ownGap;
    }

    /// Returns whether a line joins sample `index` with the one before it.
    public boolean joined(int index) {
        return index > 0 && time(index) - time(index - 1) <= gap(index - 1);
    }

    /// Returns the number of values per sample.
    public int series() {
        return values.length;
    }

    /// Returns the time of sample `index` in milliseconds since the epoch; 0 is the oldest sample.
    public long time(int index) {
        SampleRing first = older;
        return first != null && index < olderCount
                ? first.time(index)
                : times[(start + index - olderCount) % times.length] + shift;
    }

    /// Returns the value of a series in sample `index`; 0 is the oldest sample.
    public double value(int series, int index) {
        SampleRing first = older;
        return first != null && index < olderCount
                ? first.value(series, index)
                : values[series][(start + index - olderCount) % times.length];
    }

    /// Returns the index of the first sample not older than `atMillis`; [#size] when there is none.
    public int firstNotBefore(long atMillis) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < atMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Returns whether any sample can be seen in a span, or a line through it.
    public boolean overlaps(Span span) {
        return size() > 0 && time(0) <= span.to() && time(size() - 1) >= span.from();
    }

    /// Returns the index of the last sample not newer than `atMillis`; -1 when there is none.
    public int lastNotAfter(long atMillis) {
        return firstNotBefore(atMillis + 1) - 1;
    }
}
