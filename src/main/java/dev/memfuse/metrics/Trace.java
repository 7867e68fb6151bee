package dev.memfuse.metrics;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// The stage clock of one operation on one thread.
///
/// A trace is confined to its thread and reused for the next operation, so timing does not allocate. At each instant it
/// is in one [Stage]; [#enter] changes the stage and [#exit] restores the previous one:
///
/// ```java
/// Stage outer = trace.enter(Stage.SQL);
/// try { … } finally { trace.exit(outer); }
/// ```
///
/// An operation that starts inside another on the same thread belongs to the outer one and is not counted separately.
public final class Trace {
    private static final ThreadLocal<Trace> CURRENT = ThreadLocal.withInitial(Trace::new);

    private final long[] nanos = new long[Stage.values().length];
    private Stage currentStage = Stage.OTHER;
    private int depth;
    private long started;
    private long last;
    private @Nullable Operation operation;
    private long statements;
    private long rows;

    private Trace() {}

    /// Returns the trace of this thread. Time outside an operation is not counted.
    public static Trace current() {
        return CURRENT.get();
    }

    /// Enters a stage and returns the previous one, for [#exit].
    public Stage enter(Stage next) {
        long now = System.nanoTime();
        nanos[currentStage.ordinal()] += now - last;
        last = now;
        Stage previous = currentStage;
        currentStage = next;
        return previous;
    }

    /// Restores the stage that [#enter] returned.
    public void exit(Stage previous) {
        enter(previous);
    }

    /// Restores the stage that [#enter] returned as if that had been done before now: of a stage that another thread
    /// ended, while this one did work of the stage before.
    ///
    /// @param at value of [System#nanoTime()]; at most now, and at least the last change of the stage
    public void exit(Stage previous, long at) {
        long now = System.nanoTime();
        long late = Math.clamp(now - at, 0, Math.max(0, now - last));
        nanos[currentStage.ordinal()] += now - late - last;
        last = now - late;
        currentStage = previous;
    }

    /// Counts executed SQL statements.
    ///
    /// @param executed number of statements
    /// @param affected rows that they returned or changed
    public void executed(int executed, long affected) {
        statements += executed;
        rows += affected;
    }

    /// Adds the statements that this thread executed since the last call to counters.
    public void countStatements(WorkStats work) {
        work.add(Work.STATEMENTS, statements);
        work.add(Work.ROWS, rows);
        statements = 0;
        rows = 0;
    }

    void begin(Operation next) {
        if (depth++ > 0) {
            return;
        }
        operation = next;
        currentStage = Stage.OTHER;
        Arrays.fill(nanos, 0);
        started = System.nanoTime();
        last = started;
    }

    /// Ends the operation and returns whether it was the outermost one, whose times can now be read.
    boolean end() {
        if (--depth > 0) {
            return false;
        }
        enter(Stage.OTHER);
        return true;
    }

    /// Returns the total time of the operation that ended last on this thread, in nanoseconds.
    public long totalNanos() {
        return last - started;
    }

    /// Returns the time of one stage of the operation that ended last on this thread, in nanoseconds.
    public long stageNanos(Stage stage) {
        return nanos[stage.ordinal()];
    }

    /// Returns the time that this thread has spent in models within its operation so far, up to the last change of the
    /// stage, in nanoseconds.
    public long modelNanos() {
        return nanos[Stage.EMBED.ordinal()] + nanos[Stage.LLM.ordinal()];
    }

    /// Returns the label of the operation in progress; empty outside of one. Another thread may read a value that is a
    /// moment old.
    public String operationLabel() {
        Operation now = operation;
        return depth == 0 || now == null ? "" : now.label();
    }

    /// Returns the label of the current stage; empty outside of an operation. Another thread may read a value that is a
    /// moment old.
    public String stageLabel() {
        return depth == 0 ? "" : currentStage.label();
    }

    @Nullable
    Operation operation() {
        return operation;
    }
}
