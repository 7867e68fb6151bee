package dev.memfuse.load.measure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

import org.HdrHistogram.Histogram;

/// Measures the pauses of this process and of its collector. Owns the thread `load-hiccups`. Thread-safe after
/// [#start].
public final class ProcessHealth implements AutoCloseable {
    private final HiccupMeter hiccups = new HiccupMeter();
    private volatile long gcMillis;

    /// Starts the thread.
    public void start() {
        hiccups.start();
    }

    /// Starts the measured part: discards the pauses until now.
    public void startMeasuring() {
        hiccups.reset();
        gcMillis = totalGcMillis();
    }

    /// Returns the pauses since [#startMeasuring] in nanoseconds.
    public Histogram pauses() {
        return hiccups.pauses();
    }

    /// Returns the milliseconds of pauses of the collector since [#startMeasuring].
    public long gcMillis() {
        return totalGcMillis() - gcMillis;
    }

    private static long totalGcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(ProcessHealth::pausing).mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0).sum();
    }

    /// Returns whether the times of a collector are pauses: some count cycles beside the running program.
    private static boolean pausing(GarbageCollectorMXBean collector) {
        return !collector.getName().contains("Concurrent") && !collector.getName().contains("Cycles");
    }

    @Override
    public void close() {
        hiccups.close();
    }
}
