package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// The leases of connections during one interval, as [MetricsHub#tallyLeases] began it. Recording is wait-free.
public final class LeaseStats implements AutoCloseable {
    private final Recorder wait = new Recorder(3);
    private final LongAdder timeouts = new LongAdder();
    private final Consumer<LeaseStats> onClose;

    LeaseStats(Consumer<LeaseStats> onClose) {
        this.onClose = onClose;
    }

    void leased(long waitNanos) {
        wait.recordValue(Math.max(0, waitNanos));
    }

    void timedOut(long waitNanos) {
        wait.recordValue(Math.max(0, waitNanos));
        timeouts.increment();
    }

    /// Waits since the last call, in nanoseconds; those that ended without a connection are among them. One reader.
    public Histogram takeWaits() {
        return wait.getIntervalHistogram();
    }

    /// Waits that ended without a connection, since the beginning.
    public long timeouts() {
        return timeouts.sum();
    }

    /// Ends the interval; closing twice is harmless.
    @Override
    public void close() {
        onClose.accept(this);
    }
}
