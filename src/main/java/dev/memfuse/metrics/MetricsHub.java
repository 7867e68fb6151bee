package dev.memfuse.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.HdrHistogram.Recorder;

/// Where everything that is measured comes together: the recorders, the gauges, the history and the marks.
///
/// Recording is wait-free and allocates nothing. Thread-safe.
public final class MetricsHub {
    /// History is kept for this long.
    public static final java.time.Duration HISTORY = java.time.Duration.ofMinutes(10);
    private static final int MAX_SNAPSHOTS = 12_000;
    private static final int MAX_MARKS = 1_000;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Recorder[] latency = new Recorder[Operation.values().length];
    private final LongAdder[] errors = new LongAdder[Operation.values().length];
    private final LongAdder[] stageNanos = new LongAdder[Stage.values().length];
    private final LongAdder callerOperations = new LongAdder();
    private final Recorder leaseWait = new Recorder(SIGNIFICANT_DIGITS);
    private final Recorder leaseHold = new Recorder(SIGNIFICANT_DIGITS);
    private final LongAdder leaseTimeouts = new LongAdder();
    private final SpeculationStats speculation = new SpeculationStats();
    private final List<LeaseStats> leaseTallies = new CopyOnWriteArrayList<>();

    private volatile PoolGauges poolGauges = PoolGauges.NONE;
    private volatile Supplier<MetricsSnapshot.BufferSample> bufferGauges = () -> MetricsSnapshot.BufferSample.EMPTY;

    private volatile Supplier<MetricsSnapshot.JournalSample> journalGauges = () -> MetricsSnapshot.JournalSample.EMPTY;

    private final ArrayDeque<MetricsSnapshot> history = new ArrayDeque<>();
    private final ArrayDeque<EventMark> marks = new ArrayDeque<>();
    private final List<SnapshotInbox> inboxes = new CopyOnWriteArrayList<>();
    private final List<Consumer<EventMark>> markListeners = new CopyOnWriteArrayList<>();
    private final Clock clock;

    public MetricsHub(Clock clock) {
        this.clock = clock;
        for (int i = 0; i < latency.length; i++) {
            latency[i] = new Recorder(SIGNIFICANT_DIGITS);
            errors[i] = new LongAdder();
        }
        for (int i = 0; i < stageNanos.length; i++) {
            stageNanos[i] = new LongAdder();
        }
    }

    /// Begins timing an operation on this thread. Every call needs its [#end].
    public Trace begin(Operation operation) {
        Trace trace = Trace.current();
        trace.begin(operation);
        return trace;
    }

    /// Ends the operation begun last on this thread and records it, unless it runs inside another one.
    ///
    /// @param failed whether it ended with an error
    public void end(Trace trace, boolean failed) {
        Operation operation = trace.operation();
        if (!trace.end() || operation == null) {
            return;
        }
        latency[operation.ordinal()].recordValue(trace.totalNanos());
        if (failed) {
            errors[operation.ordinal()].increment();
        }
        if (operation != Operation.FLUSH && operation != Operation.EXTRACT) {
            callerOperations.increment();
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
    /// @param waitNanos from asking for the connection to having it
    /// @param holdNanos from having it to giving it back
    public void leased(long waitNanos, long holdNanos) {
        leaseWait.recordValue(Math.max(0, waitNanos));
        leaseHold.recordValue(Math.max(0, holdNanos));
        for (LeaseStats tally : leaseTallies) {
            tally.leased(waitNanos);
        }
    }

    /// Records a wait for a connection that ended without one.
    ///
    /// @param waitNanos how long it lasted
    public void leaseTimedOut(long waitNanos) {
        leaseWait.recordValue(Math.max(0, waitNanos));
        leaseTimeouts.increment();
        for (LeaseStats tally : leaseTallies) {
            tally.timedOut(waitNanos);
        }
    }

    /// Adds up every lease from now on until the result is closed: exact figures of one interval, whatever the sampler
    /// does.
    public LeaseStats tallyLeases() {
        LeaseStats tally = new LeaseStats(leaseTallies::remove);
        leaseTallies.add(tally);
        return tally;
    }

    /// Counts what became of the answers that were worked out ahead.
    public SpeculationStats speculation() {
        return speculation;
    }

    /// Names the source of the pool's gauges; the newest wins.
    public void poolGauges(PoolGauges gauges) {
        poolGauges = gauges;
    }

    /// Names the source of the buffers' gauges; the newest wins. Called on the sampler's thread; must not block.
    public void bufferGauges(Supplier<MetricsSnapshot.BufferSample> gauges) {
        bufferGauges = gauges;
    }

    /// Names the source of the journal's gauges; the newest wins. Called on the sampler's thread; must not block.
    public void journalGauges(Supplier<MetricsSnapshot.JournalSample> gauges) {
        journalGauges = gauges;
    }

    /// Adds a mark to every time axis.
    public void mark(EventMark.Kind kind, String text) {
        EventMark mark = new EventMark(clock.instant(), kind, text);
        synchronized (marks) {
            if (marks.size() == MAX_MARKS) {
                marks.removeFirst();
            }
            marks.addLast(mark);
        }
        markListeners.forEach(listener -> listener.accept(mark));
    }

    /// The marks so far, oldest first, at most the last 1000.
    public List<EventMark> marks() {
        synchronized (marks) {
            return List.copyOf(marks);
        }
    }

    /// Calls `listener` for each mark from now on, on the thread that makes it.
    public void onMark(Consumer<EventMark> listener) {
        markListeners.add(listener);
    }

    /// The snapshots of the last ten minutes, oldest first.
    public List<MetricsSnapshot> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /// Delivers every snapshot from now on into a new bounded inbox.
    ///
    /// @param capacity how many unread snapshots are kept
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

    Recorder latencyOf(Operation operation) {
        return latency[operation.ordinal()];
    }

    long takeErrors(Operation operation) {
        return errors[operation.ordinal()].sumThenReset();
    }

    long takeStageNanos(Stage stage) {
        return stageNanos[stage.ordinal()].sumThenReset();
    }

    long takeCallerOperations() {
        return callerOperations.sumThenReset();
    }

    Recorder leaseWait() {
        return leaseWait;
    }

    Recorder leaseHold() {
        return leaseHold;
    }

    long takeLeaseTimeouts() {
        return leaseTimeouts.sumThenReset();
    }

    PoolGauges pool() {
        return poolGauges;
    }

    MetricsSnapshot.JournalSample journal() {
        return journalGauges.get();
    }

    /// What waits to be stored or extracted at this moment.
    public MetricsSnapshot.BufferSample buffered() {
        return bufferGauges.get();
    }
}
