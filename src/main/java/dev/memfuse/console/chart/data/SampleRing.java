package dev.memfuse.console.chart.data;

/// The samples behind one chart: a time and one value per series, oldest overwritten when full.
///
/// A value that was not measured is `NaN`. Confined to one thread, the FX thread in the window.
public final class SampleRing {
    private final long[] times;
    private final double[][] values;
    private int start;
    private int size;
    private long changes;

    /// @param series number of values per sample
    /// @param capacity samples kept
    public SampleRing(int series, int capacity) {
        if (series < 1 || capacity < 1) {
            throw new IllegalArgumentException("At least one series and one sample: " + series + ", " + capacity);
        }
        times = new long[capacity];
        values = new double[series][capacity];
    }

    /// Adds a sample at the end. A sample that is not newer than the last one is ignored: time does not go back.
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
        changes++;
    }

    /// Forgets all samples.
    public void clear() {
        start = 0;
        size = 0;
        changes++;
    }

    /// Number of samples held.
    public int size() {
        return size;
    }

    /// Number of values per sample.
    public int series() {
        return values.length;
    }

    /// Milliseconds since the epoch of sample `index`, 0 being the oldest.
    public long time(int index) {
        return times[(start + index) % times.length];
    }

    /// Value of a series in sample `index`, 0 being the oldest.
    public double value(int series, int index) {
        return values[series][(start + index) % times.length];
    }

    /// Grows with every change of the content; tells whether something has to be drawn again.
    public long changes() {
        return changes;
    }

    /// Index of the first sample that is not older than `atMillis`; [#size] when there is none.
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

    /// Index of the last sample that is not newer than `atMillis`; -1 when there is none.
    public int lastNotAfter(long atMillis) {
        return firstNotBefore(atMillis + 1) - 1;
    }
}
