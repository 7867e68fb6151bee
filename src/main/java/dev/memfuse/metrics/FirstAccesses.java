package dev.memfuse.metrics;

import java.util.function.Consumer;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Times of the first accesses to services of users from [MetricsHub#collectFirstAccesses] to [#close]. Thread-safe.
public final class FirstAccesses implements AutoCloseable {
    private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);
    private final Consumer<FirstAccesses> onClose;

    FirstAccesses(Consumer<FirstAccesses> onClose) {
        this.onClose = onClose;
    }

    void record(long duration) {
        nanos.recordValue(Math.max(0, duration));
    }

    /// Returns the times of all accesses until now, in nanoseconds.
    public Histogram nanos() {
        return nanos.copy();
    }

    /// Ends the collection; closing twice has no effect.
    @Override
    public void close() {
        onClose.accept(this);
    }
}
