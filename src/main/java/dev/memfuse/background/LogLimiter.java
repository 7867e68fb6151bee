package dev.memfuse.background;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Limits the log lines of an event that may be frequent: logs the first at once, and those of each interval after it
/// as one line. Thread-safe; a line is written under a lock.
public final class LogLimiter {
    private final long interval;
    private final LongSupplier clock;
    private final Line line;
    /// An event was logged, and the events until `end` belong to the next line.
    private boolean open;
    private long end;
    private int waiting;
    private String last = "";

    /// Writes a line.
    @FunctionalInterface
    public interface Line {
        /// Writes one line.
        ///
        /// @param events number of events: 1 for the first, which is logged at once; more than 0 for a summary
        /// @param summary whether the line stands for the events since the previous line
        /// @param reason reason of the last event, a sentence
        void write(int events, boolean summary, String reason);
    }

    /// @param interval time of one line
    /// @param clock monotonic clock in nanoseconds
    public LogLimiter(Duration interval, LongSupplier clock, Line line) {
        this.interval = interval.toNanos();
        this.clock = clock;
        this.line = line;
    }

    /// Called for each event.
    ///
    /// @param reason a sentence
    public synchronized void event(String reason) {
        tick();
        if (open) {
            waiting++;
            last = reason;
            return;
        }
        open = true;
        end = clock.getAsLong() + interval;
        line.write(1, false, reason);
    }

    /// Writes the line of an interval that has ended. Called from time to time, so that the last events are logged.
    public synchronized void tick() {
        if (!open || clock.getAsLong() - end < 0) {
            return;
        }
        open = waiting > 0;
        if (open) {
            int events = waiting;
            waiting = 0;
            end = clock.getAsLong() + interval;
            line.write(events, true, last);
        }
    }
}
