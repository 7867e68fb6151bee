package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Statistics of the connection leases from [MetricsHub#collectLeases] to [#close]. Recording is wait-free.
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

    /// Returns the waits for a connection since the last call, in nanoseconds, including those that timed out. One
    /// reader.
    public Histogram takeWaits() {
        return wait.getIntervalHistogram();
    }

    /// Returns the number of waits that timed out, in total.
    public long timeouts() {
        return timeouts.sum();
    }

    /// Ends the collection; closing twice has no effect.
    @Override
    public void close() {
        onClose.accept(this);
    }
}
