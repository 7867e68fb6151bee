package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.Stage;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// Counts and times the operations of a run as they happen: all of them for the timeline, and those due in the measured
/// part for the result. Each operation that was due is in the end counted once: dropped, succeeded, failed or
/// unfinished. Recording is wait-free and thread-safe; read the totals after [#close].
public final class Measurements {
    /// Significant digits of every histogram: the error of a value is at most 0.1 %.
    static final int DIGITS = 3;
    /// A second is complete this much after its end, so that the last operations are counted.
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Map<OperationKind, OperationMeasurement> kinds = new EnumMap<>(OperationKind.class);
    private final Set<DueOperation> inFlight = ConcurrentHashMap.newKeySet();
    private final TotalRecorder lag = new TotalRecorder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder due = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Map<Acknowledgement, LongAdder> acknowledged = new EnumMap<>(Acknowledgement.class);
    private final AtomicLong lastEnd = new AtomicLong(Long.MIN_VALUE);
    private final FailureLog failures = new FailureLog();
    private final long zero = System.nanoTime();
    private volatile long measureFrom = Long.MAX_VALUE;
    private volatile long measureTo = Long.MAX_VALUE;
    private volatile ScheduledLatencies scheduled = ScheduledLatencies.NONE;
    private volatile SecondBins bins = new SecondBins(zero);
    /// End of the counts that another process delivered; 0 when this process counts.
    private volatile long deliveredUntil;

    public Measurements() {
        for (OperationKind kind : OperationKind.values()) {
            kinds.put(kind, new OperationMeasurement());
        }
        for (Acknowledgement durability : Acknowledgement.values()) {
            acknowledged.put(durability, new LongAdder());
        }
    }

    /// Sets who receives the latencies of an open run, those of the warm-up included. From a generator in another
    /// process come those of the measured part.
    public void onScheduled(ScheduledLatencies receiver) {
        scheduled = receiver;
    }

    /// Passes on what another process measured.
    ///
    /// @param latencies in nanoseconds
    void deliverScheduled(OperationKind kind, Histogram latencies) {
        for (HistogramIterationValue value : latencies.recordedValues()) {
            scheduled.record(kind, value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
        }
    }

    /// Starts the measured part.
    ///
    /// @param from start on the clock of [System#nanoTime]
    /// @param to planned end; operations that end later are not in the rates
    public void measure(long from, long to) {
        measureTo = to - zero;
        measureFrom = from - zero;
    }

    /// Ends the measured part before its planned end; a later time than the planned one has no effect.
    public void measureUntil(long to) {
        measureTo = Math.min(measureTo, to - zero);
    }

    private boolean measured(long due) {
        return due - zero >= measureFrom;
    }

    private boolean withinMeasuredPart(long ended) {
        return ended - zero >= measureFrom && ended - zero < measureTo;
    }

    OperationMeasurement kind(OperationKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    /// Counts an operation of an open run that is due.
    ///
    /// @param scheduled scheduled start on the clock of [System#nanoTime]
    public DueOperation scheduled(OperationKind kind, long scheduled) {
        if (measured(scheduled)) {
            due.increment();
        }
        return add(new DueOperation(this, kind, true, scheduled));
    }

    /// Registers an operation of a closed run, which is due when it starts.
    public DueOperation next(OperationKind kind) {
        return add(new DueOperation(this, kind, false, System.nanoTime()));
    }

    private DueOperation add(DueOperation operation) {
        inFlight.add(operation);
        return operation;
    }

    /// Counts an arrival that was dropped.
    ///
    /// @param scheduled its time on the clock of [System#nanoTime]
    public void dropped(long scheduled) {
        bins.of(scheduled).dropped.increment();
        if (measured(scheduled)) {
            due.increment();
            dropped.increment();
        }
    }

    void started(DueOperation operation) {
        if (measured(operation.due())) {
            started.increment();
            if (operation.open()) {
                lag.record(Math.max(0, operation.startedAt() - operation.due()));
            } else {
                due.increment();
            }
        }
    }

    void succeeded(DueOperation operation, long ended, ToLongFunction<Stage> stageNanos) {
        inFlight.remove(operation);
        finished.increment();
        if (ended - zero < measureTo) {
            bins.of(ended).succeeded(operation, ended);
        }
        if (operation.open()) {
            scheduled.record(operation.kind(), ended - operation.due(), 1);
        }
        OperationMeasurement kind = kind(operation.kind());
        boolean inTime = withinMeasuredPart(ended);
        if (inTime) {
            kind.completed();
        }
        if (measured(operation.due())) {
            kind.succeeded(ended - operation.due(), ended - operation.startedAt(), stageNanos);
            if (!inTime) {
                kind.late();
            }
            ended(ended);
        }
    }

    void failed(DueOperation operation, long ended, Throwable failure) {
        inFlight.remove(operation);
        failed.increment();
        if (ended - zero < measureTo) {
            bins.of(ended).failed.increment();
        }
        failures.add(operation.kind(), failure);
        if (measured(operation.due())) {
            if (!operation.open() && !operation.hasStarted()) {
                due.increment();
            }
            kind(operation.kind()).failed();
            ended(ended);
        }
    }

    private void ended(long at) {
        lastEnd.accumulateAndGet(at - zero, Math::max);
    }

    void acknowledged(Acknowledgement durability, long due) {
        if (measured(due)) {
            Objects.requireNonNull(acknowledged.get(durability)).increment();
        }
    }

    /// Ends the measurement: an operation that has not ended counts as unfinished, with the time that it has taken so
    /// far as a lower bound of its latency. What ends later is not counted.
    public void close() {
        long now = System.nanoTime();
        for (DueOperation operation : inFlight) {
            if (operation.end() && measured(operation.due())) {
                if (!operation.open() && !operation.hasStarted()) {
                    due.increment();
                }
                kind(operation.kind()).unfinished(now - operation.due(),
                        operation.hasStarted() ? now - operation.startedAt() : 0);
            }
        }
        inFlight.clear();
    }

    /// Returns the instant on the clock of [System#nanoTime] until which all ends of operations are counted.
    public long countedUntil() {
        long delivered = deliveredUntil;
        return delivered == 0 ? System.nanoTime() - GRACE : delivered;
    }

    /// Sets the instant until which another process, which counts in place of this one, has delivered its counts.
    void deliveredUntil(long nanos) {
        deliveredUntil = nanos;
    }

    /// Returns the counts of the seconds of the part that runs.
    SecondBins seconds() {
        return bins;
    }

    /// Returns all counters, for their transfer to another process.
    List<LongAdder> counters() {
        List<LongAdder> counters = new ArrayList<>(List.of(finished, failed, due, started, dropped));
        counters.addAll(acknowledged.values());
        kinds.values().forEach(kind -> counters.addAll(kind.counters()));
        return counters;
    }

    /// Returns the recorders of all distributions, for their transfer: the lags, then those of each kind.
    List<TotalRecorder> recorders() {
        List<TotalRecorder> recorders = new ArrayList<>(List.of(lag));
        kinds.values().forEach(kind -> recorders.addAll(kind.recorders()));
        return recorders;
    }

    /// Returns the kinds of operations with their measurements, in the order of [OperationKind].
    Map<OperationKind, OperationMeasurement> byKind() {
        return Collections.unmodifiableMap(kinds);
    }

    /// Returns the measurements of each kind of operation, in the order of [OperationKind].
    Collection<OperationMeasurement> kinds() {
        return kinds.values();
    }

    /// Returns the last end of an operation of the measured part; [Long#MIN_VALUE] when there is none.
    long lastEnd() {
        return lastEnd.get() == Long.MIN_VALUE ? Long.MIN_VALUE : lastEnd.get() + zero;
    }

    /// Merges the last end of another process.
    void lastEnd(long nanos) {
        if (nanos != Long.MIN_VALUE) {
            ended(nanos);
        }
    }

    /// Counts by seconds from an instant on, for the timeline.
    ///
    /// @param from start of the first second on the clock of [System#nanoTime]
    SecondBins startSeconds(long from) {
        SecondBins started = new SecondBins(from);
        bins = started;
        return started;
    }

    /// Returns the number of successful operations, including the warm-up.
    public long finishedCount() {
        return finished.sum();
    }

    /// Returns the number of failed operations, including the warm-up.
    public long failedCount() {
        return failed.sum();
    }

    /// Returns the number of operations that were due in the measured part.
    long due() {
        return due.sum();
    }

    /// Returns the number of these that started.
    long started() {
        return started.sum();
    }

    /// Returns the number of these that were dropped.
    long dropped() {
        return dropped.sum();
    }

    /// Returns the nanoseconds from the end of the measured part until its last operation ended; 0 when none ended
    /// later.
    public long drainNanos() {
        return Math.max(0, lastEnd.get() == Long.MIN_VALUE ? 0 : lastEnd.get() - measureTo);
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

    /// Returns the lags of the measured part so far, in nanoseconds.
    Histogram lag() {
        return lag.total();
    }
}
