package dev.memfuse.console.chart.data;

/// Ring buffer of the samples of one chart: a time and one value per series. Overwrites the oldest when full.
///
/// A missing value is `NaN`. Not thread-safe.
public final class SampleRing {
    private final long[] times;
    private final double[][] values;
    private int start;
    private int size;

    /// @param series number of values per sample
    /// @param capacity maximum number of samples
    public SampleRing(int series, int capacity) {
        if (series < 1 || capacity < 1) {
            throw new IllegalArgumentException("At least one series and one sample: " + series + ", " + capacity);
        }
        times = new long[capacity];
        values = new double[series][capacity];
    }

    /// Appends a sample. Ignores a sample that is not newer than the last one.
    ///
    /// @param atMillis milliseconds since the epoch
    public void append(long atMillis, double... sample) {
        if (sample.length != values.length) {
            throw new IllegalArgumentException(sample.length + " values for " + values.length + " series");
        }
        if (size > 0 && atMillis <= time(size - 1)) {
            return;
        }
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
    }

    /// Removes all samples.
    public void clear() {
        start = 0;
        size = 0;
    }

    /// Returns the number of samples.
    public int size() {
        return size;
    }

    /// Returns the number of values per sample.
    public int series() {
        return values.length;
    }

    /// Returns the time of sample `index` in milliseconds since the epoch; 0 is the oldest sample.
    public long time(int index) {
        return times[(start + index) % times.length];
    }

    /// Returns the value of a series in sample `index`; 0 is the oldest sample.
    public double value(int series, int index) {
        return values[series][(start + index) % times.length];
    }

    /// Returns the index of the first sample not older than `atMillis`; [#size] when there is none.
    public int firstNotBefore(long atMillis) {
        int low = 0;
        int high = size;
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

    /// Returns the index of the last sample not newer than `atMillis`; -1 when there is none.
    public int lastNotAfter(long atMillis) {
        return firstNotBefore(atMillis + 1) - 1;
    }
}
