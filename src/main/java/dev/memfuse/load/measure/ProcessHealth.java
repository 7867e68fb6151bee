package dev.memfuse.load.measure;

import java.time.Duration;

import dev.memfuse.metrics.pause.CollectorPauses;
import dev.memfuse.metrics.pause.HiccupMeter;
import org.HdrHistogram.Histogram;

/// Measures the pauses of this process and of its collector. Owns the thread `load-hiccups`. Thread-safe after
/// [#start].
public final class ProcessHealth implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(1);

    private final HiccupMeter hiccups = new HiccupMeter("load-hiccups", INTERVAL);
    private final CollectorPauses collector = new CollectorPauses();
    private final Histogram pauses = new Histogram(Measurements.DIGITS);
    private volatile long collectorBefore;

    /// Starts the thread.
    public void start() {
        hiccups.start();
    }

    /// Starts the measured part: discards the pauses until now.
    public void startMeasuring() {
        synchronized (pauses) {
            hiccups.take(null);
            pauses.reset();
        }
        collectorBefore = collector.totalMillis();
    }

    /// Returns the pauses since [#startMeasuring] in nanoseconds.
    public Histogram pauses() {
        synchronized (pauses) {
            pauses.add(hiccups.take(null));
            return pauses.copy();
        }
    }

    /// Returns the milliseconds of pauses of the collector since [#startMeasuring].
    public long gcMillis() {
        return collector.totalMillis() - collectorBefore;
    }

    @Override
    public void close() {
        hiccups.close();
    }
}
