package dev.memfuse.metrics;

import org.jspecify.annotations.Nullable;

/// The stage clock of one operation on one thread.
///
/// A trace is confined to its thread and used again for the next operation, so timing allocates nothing. At each
/// instant it is in one [Stage]; [#enter] changes the stage and [#exit] goes back:
///
/// ```java
/// Stage outer = trace.enter(Stage.SQL);
/// try { … } finally { trace.exit(outer); }
/// ```
///
/// An operation begun inside another on the same thread belongs to the outer one and is not counted by itself.
public final class Trace {
    private static final ThreadLocal<Trace> CURRENT = ThreadLocal.withInitial(Trace::new);

    private final long[] nanos = new long[Stage.values().length];
    private Stage stage = Stage.OTHER;
    private int depth;
    private long started;
    private long last;
    private @Nullable Operation operation;

    private Trace() {}

    /// The trace of this thread. Outside an operation its stages are counted nowhere.
    public static Trace current() {
        return CURRENT.get();
    }

    /// Claims the time from now on for `next` and returns the stage before, for [#exit].
    public Stage enter(Stage next) {
        long now = System.nanoTime();
        nanos[stage.ordinal()] += now - last;
        last = now;
        Stage previous = stage;
        stage = next;
        return previous;
    }

    /// Returns to the stage that [#enter] gave.
    public void exit(Stage previous) {
        enter(previous);
    }

    void begin(Operation next) {
        if (depth++ > 0) {
            return;
        }
        operation = next;
        stage = Stage.OTHER;
        java.util.Arrays.fill(nanos, 0);
        started = System.nanoTime();
        last = started;
    }

    /// Ends the operation; true when it was the outermost one, whose times may now be read.
    boolean end() {
        if (--depth > 0) {
            return false;
        }
        enter(Stage.OTHER);
        return true;
    }

    /// Total time of the operation that ended last on this thread, in nanoseconds.
    public long totalNanos() {
        return last - started;
    }

    /// Time of one stage of the operation that ended last on this thread, in nanoseconds.
    public long stageNanos(Stage of) {
        return nanos[of.ordinal()];
    }

    @Nullable
    Operation operation() {
        return operation;
    }
}
