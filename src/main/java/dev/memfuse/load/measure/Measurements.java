package dev.memfuse.load.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Records the operations of a run: all of them for the timeline, and those scheduled in the measured part for the
/// result. Recording is wait-free and thread-safe; read the totals after the last operation ended.
public final class Measurements {
    /// Significant digits of every histogram: the error of a value is at most 0.1 %.
    static final int DIGITS = 3;

    private final Map<OperationKind, OperationMeasurement> kinds = new EnumMap<>(OperationKind.class);
    private final Recorder lag = new Recorder(DIGITS);
    private final Recorder allLatencies = new Recorder(DIGITS);
    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder scheduledMeasured = new LongAdder();
    private final LongAdder startedMeasured = new LongAdder();
    private final LongAdder droppedMeasured = new LongAdder();
    private final Map<Acknowledgement, LongAdder> acknowledged = new EnumMap<>(Acknowledgement.class);
    private final AtomicLong lastEnd = new AtomicLong();
    private final FailureLog failures = new FailureLog();
    private final long zero = System.nanoTime();
    private volatile long measureFrom = Long.MAX_VALUE;

    public Measurements() {
        for (OperationKind kind : OperationKind.values()) {
            kinds.put(kind, new OperationMeasurement());
        }
        for (Acknowledgement durability : Acknowledgement.values()) {
            acknowledged.put(durability, new LongAdder());
        }
    }

    /// Starts the measured part.
    ///
    /// @param nanos start on the clock of [System#nanoTime]
    public void measureFrom(long nanos) {
        lastEnd.set(nanos - zero);
        measureFrom = nanos - zero;
    }

    private boolean measured(long scheduled) {
        return scheduled - zero >= measureFrom;
    }

    private OperationMeasurement of(OperationKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    /// Records a successful operation; times are on the clock of [System#nanoTime].
    ///
    /// @param trace the trace of the operation, still unchanged
    public void succeeded(OperationKind kind, long scheduled, long started, long ended, Trace trace) {
        finished.increment();
        allLatencies.recordValue(Math.max(0, ended - scheduled));
        if (measured(scheduled)) {
            startedMeasured.increment();
            scheduledMeasured.increment();
            lag.recordValue(Math.max(0, started - scheduled));
            of(kind).succeeded(ended - scheduled, ended - started, trace);
            lastEnd.accumulateAndGet(ended - zero, Math::max);
        }
    }

    /// Records a failed operation.
    ///
    /// @param scheduled scheduled start on the clock of [System#nanoTime]
    public void failed(OperationKind kind, long scheduled, Throwable failure) {
        failed.increment();
        failures.add(kind, failure);
        if (measured(scheduled)) {
            startedMeasured.increment();
            scheduledMeasured.increment();
            of(kind).failed();
            lastEnd.accumulateAndGet(System.nanoTime() - zero, Math::max);
        }
    }

    /// Records the durability of the acknowledgement of an add.
    ///
    /// @param scheduled scheduled start of the add on the clock of [System#nanoTime]
    public void acknowledged(Acknowledgement durability, long scheduled) {
        if (measured(scheduled)) {
            Objects.requireNonNull(acknowledged.get(durability)).increment();
        }
    }

    /// Records an arrival that was dropped.
    ///
    /// @param scheduled its time on the clock of [System#nanoTime]
    public void dropped(long scheduled) {
        dropped.increment();
        if (measured(scheduled)) {
            scheduledMeasured.increment();
            droppedMeasured.increment();
        }
    }

    /// Returns the number of successful operations, including the warm-up.
    public long finishedCount() {
        return finished.sum();
    }

    /// Returns the number of failed operations, including the warm-up.
    public long failedCount() {
        return failed.sum();
    }

    long droppedCount() {
        return dropped.sum();
    }

    /// Returns the number of operations that were due in the measured part.
    long scheduledMeasured() {
        return scheduledMeasured.sum();
    }

    long startedMeasured() {
        return startedMeasured.sum();
    }

    long droppedMeasured() {
        return droppedMeasured.sum();
    }

    /// Returns the end of the last measured operation on the clock of [System#nanoTime].
    public long lastEnd() {
        return lastEnd.get() + zero;
    }

    /// Returns the number of adds in the measured part by durability; every durability is present.
    public Map<Acknowledgement, Long> acknowledged() {
        Map<Acknowledgement, Long> counts = new EnumMap<>(Acknowledgement.class);
        acknowledged.forEach((durability, count) -> counts.put(durability, count.sum()));
        return counts;
    }

    /// Returns the failures, including those of the warm-up.
    public FailureLog failures() {
        return failures;
    }

    OperationMeasurement kind(OperationKind kind) {
        return of(kind);
    }

    /// Returns the latencies of all successful operations since the last call in nanoseconds, including the warm-up.
    /// One reader at a time.
    ///
    /// @param recycled a histogram returned earlier, to be overwritten; may be null
    Histogram takeLatencies(@Nullable Histogram recycled) {
        return allLatencies.getIntervalHistogram(recycled);
    }

    /// Returns the lags of the measured part in nanoseconds. Call once, at the end.
    Histogram takeLag() {
        return lag.getIntervalHistogram();
    }
}
