package dev.memfuse.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.LeaseTimes;
import org.HdrHistogram.Recorder;

/// The central registry of measurements: recorders, gauges, history of snapshots, and event marks.
///
/// Recording is wait-free and does not allocate. Thread-safe.
public final class MetricsHub {
    /// Retention of the history.
    public static final Duration HISTORY = Duration.ofMinutes(10);
    private static final int MAX_SNAPSHOTS = 12_000;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Recorder[] latency = new Recorder[Operation.values().length];
    /// Of operations of an open load, from the scheduled start.
    private final Recorder[] scheduled = new Recorder[Operation.values().length];
    private final RunningTotal[] errors = new RunningTotal[Operation.values().length];
    private final RunningTotal[] stageNanos = new RunningTotal[Stage.values().length];
    private final RunningTotal callerOperations = new RunningTotal();
    private final Recorder leaseWait = new Recorder(SIGNIFICANT_DIGITS);
    private final LeaseTimes leaseTimes = new LeaseTimes();
    private final PoolMeter replicaPool = new PoolMeter();
    private volatile ConnectionPools connectionPools = ConnectionPools.NONE;
    private final Recorder leaseHold = new Recorder(SIGNIFICANT_DIGITS);
    private final RunningTotal leaseTimeouts = new RunningTotal();
    private final LatencyBuckets[] latencies = new LatencyBuckets[Operation.values().length];
    private final LatencyBuckets leaseWaits = new LatencyBuckets();
    private final LatencyBuckets leaseHolds = new LatencyBuckets();
    private final LatencyBuckets connectionsCreated = new LatencyBuckets();
    private final HttpRequests requests = new HttpRequests();
    private final List<FirstAccesses> accessCollectors = new CopyOnWriteArrayList<>();
    private final SpeculationStats speculation = new SpeculationStats();
    private final WorkStats work = new WorkStats();
    private final ExtractionStats extraction = new ExtractionStats();
    private final List<LeaseStats> leaseCollectors = new CopyOnWriteArrayList<>();

    private volatile Optional<RetrievalQuality> retrieval = Optional.empty();
    private volatile PoolGauges poolGauges = PoolGauges.NONE;
    private volatile Supplier<MetricsSnapshot.BufferSample> bufferGauges = () -> MetricsSnapshot.BufferSample.EMPTY;

    private volatile Supplier<MetricsSnapshot.JournalSample> journalGauges = () -> MetricsSnapshot.JournalSample.EMPTY;

    private final ArrayDeque<MetricsSnapshot> history = new ArrayDeque<>();
    private final MetricsHistory slices = new MetricsHistory();
    private final EventMarks marks;
    private final List<SnapshotInbox> inboxes = new CopyOnWriteArrayList<>();

    /// @param clock the clock of the event marks
    public MetricsHub(Clock clock) {
        marks = new EventMarks(clock);
        for (int i = 0; i < latency.length; i++) {
            latency[i] = new Recorder(SIGNIFICANT_DIGITS);
            scheduled[i] = new Recorder(SIGNIFICANT_DIGITS);
            errors[i] = new RunningTotal();
            latencies[i] = new LatencyBuckets();
        }
        for (int i = 0; i < stageNanos.length; i++) {
            stageNanos[i] = new RunningTotal();
        }
    }

    /// Starts timing an operation on this thread. Each call needs a matching [#end].
    public Trace begin(Operation operation) {
        Trace trace = Trace.current();
        trace.begin(operation);
        return trace;
    }

    /// Ends the operation that was started last on this thread and records it, unless it is nested in another one.
    ///
    /// @param failed whether the operation failed
    public void end(Trace trace, boolean failed) {
        Operation operation = trace.operation();
        if (!trace.end() || operation == null) {
            return;
        }
        latency[operation.ordinal()].recordValue(trace.totalNanos());
        latencies[operation.ordinal()].record(trace.totalNanos());
        if (failed) {
            errors[operation.ordinal()].add(1);
        }
        if (operation.isOfCaller()) {
            callerOperations.add(1);
            for (Stage stage : STAGES) {
                long nanos = trace.stageNanos(stage);
                if (nanos > 0) {
                    stageNanos[stage.ordinal()].add(nanos);
                }
            }
        }
    }

    private static final Stage[] STAGES = Stage.values();

    /// Records one lease of a connection.
    ///
    /// @param waitNanos time from the request to the lease, in nanoseconds
    /// @param holdNanos time from the lease to the return, in nanoseconds
    public void leased(long waitNanos, long holdNanos) {
        leaseWait.recordValue(Math.max(0, waitNanos));
        leaseHold.recordValue(Math.max(0, holdNanos));
        leaseWaits.record(waitNanos);
        leaseHolds.record(holdNanos);
        for (LeaseStats stats : leaseCollectors) {
            stats.leased(waitNanos);
        }
    }

    /// Records a wait for a connection that timed out.
    ///
    /// @param waitNanos duration of the wait, in nanoseconds
    public void leaseTimedOut(long waitNanos) {
        leaseWait.recordValue(Math.max(0, waitNanos));
        leaseWaits.record(waitNanos);
        leaseTimeouts.add(1);
        for (LeaseStats stats : leaseCollectors) {
            stats.timedOut(waitNanos);
        }
    }

    /// Records the opening of a connection.
    ///
    /// @param nanos duration in nanoseconds
    public void connectionCreated(long nanos) {
        connectionsCreated.record(nanos);
        leaseTimes.record(LeaseTimes.Kind.CONNECT, nanos);
    }

    /// Collects every lease from now on until the result is closed. The figures of the interval are exact and
    /// independent of the sampler.
    public LeaseStats collectLeases() {
        LeaseStats stats = new LeaseStats(leaseCollectors::remove);
        leaseCollectors.add(stats);
        return stats;
    }

    /// Records the first access to the service of a user.
    ///
    /// @param nanos time until the service could be called, waits included, in nanoseconds
    public void firstAccess(long nanos) {
        latency[Operation.FIRST_ACCESS.ordinal()].recordValue(nanos);
        latencies[Operation.FIRST_ACCESS.ordinal()].record(nanos);
        for (FirstAccesses accesses : accessCollectors) {
            accesses.record(nanos);
        }
    }

    /// Collects every first access from now on until the result is closed, independent of the sampler.
    public FirstAccesses collectFirstAccesses() {
        FirstAccesses accesses = new FirstAccesses(accessCollectors::remove);
        accessCollectors.add(accesses);
        return accesses;
    }

    /// Counters of speculative answers.
    public SpeculationStats speculation() {
        return speculation;
    }

    /// Counters of the statements, rows, bytes and calls of models.
    public WorkStats work() {
        return work;
    }

    /// Sets the quality of retrieval that a measurement found.
    public void retrievalMeasured(RetrievalQuality quality) {
        retrieval = Optional.of(quality);
    }

    /// Returns the quality of retrieval of the last measurement; empty when this process measured none.
    public Optional<RetrievalQuality> retrieval() {
        return retrieval;
    }

    /// Counters of extraction.
    public ExtractionStats extraction() {
        return extraction;
    }

    /// Sets the source of the pool's gauges. Called on the sampler's thread; must not block.
    public void poolGauges(PoolGauges gauges) {
        poolGauges = gauges;
    }

    /// Sets the source of the buffers' gauges. Called on the sampler's thread; must not block.
    public void bufferGauges(Supplier<MetricsSnapshot.BufferSample> gauges) {
        bufferGauges = gauges;
    }

    /// Sets the source of the journal's gauges. Called on the sampler's thread; must not block.
    public void journalGauges(Supplier<MetricsSnapshot.JournalSample> gauges) {
        journalGauges = gauges;
    }

    /// Adds an event mark with the current time and calls the listeners.
    ///
    /// @param text one line for the user
    public void mark(EventMark.Kind kind, String text) {
        mark(kind, text, "");
    }

    /// Adds an event mark of a group with the current time and calls the listeners.
    ///
    /// @param text one line for the user
    /// @param group name that the marks of one alert rule, one fault or one control share
    public void mark(EventMark.Kind kind, String text, String group) {
        marks.add(kind, text, group);
    }

    /// Returns the last 1000 marks and the notes of the user, oldest first.
    public List<EventMark> marks() {
        return marks.all();
    }

    /// Returns the notes of the user.
    public Notes notes() {
        return marks.notes();
    }

    /// Calls `listener` for each mark from now on, on the thread that adds it; not for notes.
    public void onMark(Consumer<EventMark> listener) {
        marks.onMark(listener);
    }

    /// Returns the snapshots of the last ten minutes, oldest first.
    public List<MetricsSnapshot> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /// Delivers every snapshot from now on to a new bounded inbox.
    ///
    /// @param capacity maximum number of unread snapshots, at least 1
    public SnapshotInbox subscribe(int capacity) {
        SnapshotInbox inbox = new SnapshotInbox(capacity, inboxes::remove);
        inboxes.add(inbox);
        return inbox;
    }

    void publish(MetricsSnapshot snapshot) {
        Instant oldest = snapshot.at().minus(HISTORY);
        synchronized (history) {
            while (history.size() >= MAX_SNAPSHOTS
                    || (!history.isEmpty() && history.getFirst().at().isBefore(oldest))) {
                history.removeFirst();
            }
            history.addLast(snapshot);
        }
        inboxes.forEach(inbox -> inbox.offer(snapshot));
    }

    /// Returns the history of two hours, at a lower resolution than [#history].
    public MetricsHistory slices() {
        return slices;
    }

    /// Records the latency of successful operations of an open load.
    ///
    /// @param nanos time from the scheduled start to the end, in nanoseconds
    /// @param count number of operations
    public void scheduledLatency(Operation operation, long nanos, long count) {
        scheduled[operation.ordinal()].recordValueWithCount(Math.max(0, nanos), count);
    }

    Recorder scheduled(Operation operation) {
        return scheduled[operation.ordinal()];
    }

    Recorder latencyOf(Operation operation) {
        return latency[operation.ordinal()];
    }

    long takeErrors(Operation operation) {
        return errors[operation.ordinal()].take();
    }

    long takeStageNanos(Stage stage) {
        return stageNanos[stage.ordinal()].take();
    }

    long takeCallerOperations() {
        return callerOperations.take();
    }

    Recorder leaseWait() {
        return leaseWait;
    }

    Recorder leaseHold() {
        return leaseHold;
    }

    long takeLeaseTimeouts() {
        return leaseTimeouts.take();
    }

    /// Returns the latencies of an operation since the start.
    public LatencyBuckets latencies(Operation operation) {
        return latencies[operation.ordinal()];
    }

    /// Returns the number of failed operations since the start.
    public long errors(Operation operation) {
        return errors[operation.ordinal()].total();
    }

    /// Returns the time that operations of callers spent in a stage since the start, in nanoseconds.
    public long stageNanos(Stage stage) {
        return stageNanos[stage.ordinal()].total();
    }

    /// Returns the waits for a connection since the start.
    public LatencyBuckets leaseWaits() {
        return leaseWaits;
    }

    /// Returns the times for which connections were held since the start.
    public LatencyBuckets leaseHolds() {
        return leaseHolds;
    }

    /// Returns the durations of the openings of connections since the start.
    public LatencyBuckets connectionsCreated() {
        return connectionsCreated;
    }

    /// Returns the number of waits for a connection that timed out since the start.
    public long leaseTimeouts() {
        return leaseTimeouts.total();
    }

    /// Counters of requests over HTTP.
    public HttpRequests requests() {
        return requests;
    }

    /// Returns the last snapshot; empty before the first one.
    public Optional<MetricsSnapshot> latest() {
        synchronized (history) {
            return Optional.ofNullable(history.peekLast());
        }
    }

    /// Returns the gauges of the pool.
    public PoolGauges pool() {
        return poolGauges;
    }

    MetricsSnapshot.JournalSample journal() {
        return journalGauges.get();
    }

    /// Sets the connection pools of the running engine.
    public void connectionPools(ConnectionPools running) {
        connectionPools = running;
    }

    /// Returns the connection pools of the running engine.
    public ConnectionPools connectionPools() {
        return connectionPools;
    }

    /// Returns the times of all leases since the start.
    public LeaseTimes leaseTimes() {
        return leaseTimes;
    }

    /// Returns the figures of the pool of the standbys.
    public PoolMeter replicaPool() {
        return replicaPool;
    }

    /// Returns the current state of the buffers.
    public MetricsSnapshot.BufferSample buffered() {
        return bufferGauges.get();
    }
}
