package dev.memfuse.load.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Records values without waiting, and returns all of them at any time. Thread-safe.
final class TotalRecorder {
    private final Recorder recorder = new Recorder(Measurements.DIGITS);
    private final Histogram total = new Histogram(Measurements.DIGITS);
    private @Nullable Histogram recycled;

    void record(long nanos) {
        recorder.recordValue(nanos);
    }

    /// Returns a copy of the values so far.
    synchronized Histogram total() {
        recycled = recorder.getIntervalHistogram(recycled);
        total.add(recycled);
        return total.copy();
    }
}
