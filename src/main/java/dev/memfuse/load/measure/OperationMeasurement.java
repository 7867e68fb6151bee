package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

import dev.memfuse.metrics.Stage;
import org.HdrHistogram.Histogram;

/// Records the measured part of one kind of operation. The histograms hold the latencies of successful operations, and
/// those of unfinished ones as far as they got. Thread-safe.
final class OperationMeasurement {
    private static final Stage[] STAGES = Stage.values();

    private final TotalRecorder latency = new TotalRecorder();
    private final TotalRecorder service = new TotalRecorder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder unfinished = new LongAdder();
    private final AtomicLong shortestUnfinished = new AtomicLong(Long.MAX_VALUE);
    private final LongAdder[] stageNanos = new LongAdder[STAGES.length];

    OperationMeasurement() {
        for (int i = 0; i < stageNanos.length; i++) {
            stageNanos[i] = new LongAdder();
        }
    }

    void succeeded(long latencyNanos, long serviceNanos, ToLongFunction<Stage> stages) {
        succeeded.increment();
        latency.record(Math.max(0, latencyNanos));
        service.record(Math.max(0, serviceNanos));
        stageNanos[Stage.SCHEDULE.ordinal()].add(Math.max(0, latencyNanos - serviceNanos));
        for (Stage stage : STAGES) {
            if (stage != Stage.SCHEDULE) {
                stageNanos[stage.ordinal()].add(stages.applyAsLong(stage));
            }
        }
    }

    /// Returns all counters, for their transfer to another process.
    List<LongAdder> counters() {
        List<LongAdder> counters = new ArrayList<>(List.of(succeeded, completed, late, errors, unfinished));
        counters.addAll(List.of(stageNanos));
        return counters;
    }

    /// Returns the recorders of latencies and of service times, for their transfer.
    List<TotalRecorder> recorders() {
        return List.of(latency, service);
    }

    /// Merges a lower bound as [#lowerBoundFrom] returns it.
    void lowerBoundFrom(long nanos) {
        shortestUnfinished.accumulateAndGet(nanos, Math::min);
    }

    void completed() {
        completed.increment();
    }

    void late() {
        late.increment();
    }

    void failed() {
        errors.increment();
    }

    /// @param serviceNanos 0 when it did not start
    void unfinished(long latencyNanos, long serviceNanos) {
        unfinished.increment();
        latency.record(Math.max(0, latencyNanos));
        service.record(Math.max(0, serviceNanos));
        shortestUnfinished.accumulateAndGet(latencyNanos, Math::min);
    }

    /// Returns the number of operations that were due in the measured part and succeeded.
    long count() {
        return succeeded.sum();
    }

    /// Returns the number of successful ends within the measured part, whenever the operation began.
    long completedCount() {
        return completed.sum();
    }

    /// Returns the number of operations of [#count] that ended after the measured part.
    long lateCount() {
        return late.sum();
    }

    long errors() {
        return errors.sum();
    }

    long unfinishedCount() {
        return unfinished.sum();
    }

    /// Returns the latency in nanoseconds from which on a percentile is a lower bound; [Long#MAX_VALUE] when every
    /// operation ended.
    long lowerBoundFrom() {
        return shortestUnfinished.get();
    }

    /// Returns the total time in a stage, in nanoseconds.
    long stageNanos(Stage stage) {
        return stageNanos[stage.ordinal()].sum();
    }

    /// Returns the latencies so far, in nanoseconds.
    Histogram latency() {
        return latency.total();
    }

    /// Returns the service times so far, in nanoseconds.
    Histogram service() {
        return service.total();
    }
}
