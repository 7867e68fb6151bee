package dev.memfuse.load.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.engine.AddResult.Durability;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// What a run records: every operation for the time line, and those scheduled in the measured part for the result.
/// Recording is wait-free and thread-safe; reading the totals is for the end of the run.
public final class Measurements {
    /// Significant digits of every histogram: a value is off by 0.1 % at most.
    static final int DIGITS = 3;

    private final Map<OperationKind, KindMeasurement> kinds = new EnumMap<>(OperationKind.class);
    private final Recorder lag = new Recorder(DIGITS);
    private final Recorder everyLatency = new Recorder(DIGITS);
    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder scheduledMeasured = new LongAdder();
    private final LongAdder startedMeasured = new LongAdder();
    private final LongAdder droppedMeasured = new LongAdder();
    private final Map<Durability, LongAdder> acknowledged = new EnumMap<>(Durability.class);
    private final AtomicLong lastEnd = new AtomicLong();
    private final FailureLog failures = new FailureLog();
    private final long zero = System.nanoTime();
    private volatile long measureFrom = Long.MAX_VALUE;

    public Measurements() {
        for (OperationKind kind : OperationKind.values()) {
            kinds.put(kind, new KindMeasurement());
        }
        for (Durability worth : Durability.values()) {
            acknowledged.put(worth, new LongAdder());
        }
    }

    /// From this instant on, operations count for the result.
    ///
    /// @param nanos on the clock of [System#nanoTime]
    public void measureFrom(long nanos) {
        lastEnd.set(nanos - zero);
        measureFrom = nanos - zero;
    }

    private boolean measured(long scheduled) {
        return scheduled - zero >= measureFrom;
    }

    private KindMeasurement of(OperationKind kind) {
        return java.util.Objects.requireNonNull(kinds.get(kind));
    }

    public void succeeded(OperationKind kind, long scheduled, long started, long ended, Trace trace) {
        finished.increment();
        everyLatency.recordValue(Math.max(0, ended - scheduled));
        if (measured(scheduled)) {
            startedMeasured.increment();
            scheduledMeasured.increment();
            lag.recordValue(Math.max(0, started - scheduled));
            of(kind).succeeded(ended - scheduled, ended - started, trace);
            lastEnd.accumulateAndGet(ended - zero, Math::max);
        }
    }

    public void failed(OperationKind kind, long scheduled, RuntimeException failure) {
        failed.increment();
        failures.add(kind, failure);
        if (measured(scheduled)) {
            startedMeasured.increment();
            scheduledMeasured.increment();
            of(kind).failed();
            lastEnd.accumulateAndGet(System.nanoTime() - zero, Math::max);
        }
    }

    /// Notes what the acknowledgement of an add was worth.
    public void acknowledged(Durability worth, long scheduled) {
        if (measured(scheduled)) {
            java.util.Objects.requireNonNull(acknowledged.get(worth)).increment();
        }
    }

    public void dropped(long scheduled) {
        dropped.increment();
        if (measured(scheduled)) {
            scheduledMeasured.increment();
            droppedMeasured.increment();
        }
    }

    public long finishedCount() {
        return finished.sum();
    }

    public long failedCount() {
        return failed.sum();
    }

    long droppedCount() {
        return dropped.sum();
    }

    /// Operations of the measured part that were due.
    long scheduledMeasured() {
        return scheduledMeasured.sum();
    }

    long startedMeasured() {
        return startedMeasured.sum();
    }

    long droppedMeasured() {
        return droppedMeasured.sum();
    }

    /// When the last measured operation ended, on the clock of [System#nanoTime].
    public long lastEnd() {
        return lastEnd.get() + zero;
    }

    /// Adds of the measured part by what their acknowledgement was worth; each worth is there.
    public Map<Durability, Long> acknowledged() {
        Map<Durability, Long> counts = new EnumMap<>(Durability.class);
        acknowledged.forEach((worth, count) -> counts.put(worth, count.sum()));
        return counts;
    }

    public FailureLog failures() {
        return failures;
    }

    KindMeasurement kind(OperationKind kind) {
        return of(kind);
    }

    /// Latencies of all operations since the last call, warm-up included. One reader at a time.
    Histogram takeLatencies(@org.jspecify.annotations.Nullable Histogram recycled) {
        return everyLatency.getIntervalHistogram(recycled);
    }

    /// Lags of the measured part. Call once, at the end.
    Histogram takeLag() {
        return lag.getIntervalHistogram();
    }
}
