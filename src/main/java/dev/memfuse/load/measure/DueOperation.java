package dev.memfuse.load.measure;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.Stage;

/// One operation from the instant it is due until it ends, or until [Measurements#close] counts it as unfinished. Only
/// the first end counts. One thread starts and ends it; [Measurements#close] may run meanwhile. Times are on the clock
/// of [System#nanoTime].
public final class DueOperation {
    private final Measurements measurements;
    private final OperationKind kind;
    private final boolean open;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long due;
    private volatile boolean started;
    private volatile long startedAt;

    /// @param due scheduled start of an operation of an open run; of a closed run, whose operations are due when they
    ///        start, the time since which it waits for its start
    DueOperation(Measurements measurements, OperationKind kind, boolean open, long due) {
        this.measurements = measurements;
        this.kind = kind;
        this.open = open;
        this.due = due;
    }

    /// Counts the start: the call of the engine begins.
    ///
    /// @return false when the operation is already counted as unfinished: it must not begin any more
    public boolean start() {
        if (ended.get()) {
            return false;
        }
        long now = System.nanoTime();
        startedAt = now;
        if (!open) {
            due = now;
        }
        started = true;
        measurements.started(this);
        return true;
    }

    /// Counts a successful end.
    ///
    /// @param stageNanos returns the time in a stage in nanoseconds
    public void succeed(ToLongFunction<Stage> stageNanos) {
        long now = System.nanoTime();
        if (end()) {
            measurements.succeeded(this, now, stageNanos);
        }
    }

    /// Counts a failed end, also of an operation that could not start. Has no effect after another end.
    public void fail(Throwable failure) {
        if (end()) {
            measurements.failed(this, System.nanoTime(), failure);
        }
    }

    /// Counts the durability of the acknowledgement of an add.
    public void acknowledged(Acknowledgement durability) {
        measurements.acknowledged(durability, due);
    }

    /// Ends the operation.
    ///
    /// @return whether it had not ended
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    OperationKind kind() {
        return kind;
    }

    boolean open() {
        return open;
    }

    long due() {
        return due;
    }

    boolean hasStarted() {
        return started;
    }

    /// Returns the actual start; meaningful when [#hasStarted].
    long startedAt() {
        return startedAt;
    }
}
