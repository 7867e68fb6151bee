package dev.memfuse.load.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Measures how long this process could not run: parks for a millisecond again and again and records by how much it
/// overslept. Pauses of the collector, of the machine and of a busy processor all show here. Owns one thread.
final class HiccupMeter implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);

    private final Recorder recorder = new Recorder(Measurements.DIGITS);
    private final Thread thread = Thread.ofPlatform().daemon().name("load-hiccups").unstarted(this::run);
    private volatile boolean closed;

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            long before = System.nanoTime();
            LockSupport.parkNanos(this, INTERVAL);
            recorder.recordValue(Math.max(0, System.nanoTime() - before - INTERVAL));
        }
    }

    /// Overslept times since the last call, in nanoseconds. One reader.
    Histogram take() {
        return recorder.getIntervalHistogram();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
