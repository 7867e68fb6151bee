package dev.memfuse.load.measure;

import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Records the measured part of one kind of operation: latencies of successful operations and the number of failed
/// ones. Thread-safe.
final class OperationMeasurement {
    private static final Stage[] STAGES = Stage.values();

    private final Recorder latency = new Recorder(Measurements.DIGITS);
    private final Recorder service = new Recorder(Measurements.DIGITS);
    private final LongAdder errors = new LongAdder();
    private final LongAdder[] stageNanos = new LongAdder[STAGES.length];

    OperationMeasurement() {
        for (int i = 0; i < stageNanos.length; i++) {
            stageNanos[i] = new LongAdder();
        }
    }

    void succeeded(long latencyNanos, long serviceNanos, Trace trace) {
        latency.recordValue(Math.max(0, latencyNanos));
        service.recordValue(Math.max(0, serviceNanos));
        stageNanos[Stage.SCHEDULE.ordinal()].add(Math.max(0, latencyNanos - serviceNanos));
        for (Stage stage : STAGES) {
            if (stage != Stage.SCHEDULE) {
                stageNanos[stage.ordinal()].add(trace.stageNanos(stage));
            }
        }
    }

    void failed() {
        errors.increment();
    }

    long errors() {
        return errors.sum();
    }

    /// Returns the total time in a stage, in nanoseconds.
    long stageNanos(Stage stage) {
        return stageNanos[stage.ordinal()].sum();
    }

    /// Returns the latencies in nanoseconds. Call once, at the end.
    Histogram takeLatency() {
        return latency.getIntervalHistogram();
    }

    /// Returns the service times in nanoseconds. Call once, at the end.
    Histogram takeService() {
        return service.getIntervalHistogram();
    }
}
