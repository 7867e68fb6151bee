package dev.memfuse.load.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Records values without waiting, and returns all of them at any time. Thread-safe.
final class TotalRecorder {
    private final Recorder recorder = new Recorder(Measurements.DIGITS);
    private final Histogram total = new Histogram(Measurements.DIGITS);
    private @Nullable Histogram recycled;
    private @Nullable Histogram taken;

    void record(long nanos) {
        recorder.recordValue(nanos);
    }

    /// Takes the values since the last call, which are in no total then. Valid until the next call.
    synchronized Histogram take() {
        taken = recorder.getIntervalHistogram(taken);
        return taken;
    }

    /// Adds values that were recorded elsewhere.
    synchronized void add(Histogram values) {
        total.add(values);
    }

    /// Returns a copy of the values so far.
    synchronized Histogram total() {
        recycled = recorder.getIntervalHistogram(recycled);
        total.add(recycled);
        return total.copy();
    }
}
