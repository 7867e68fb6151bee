package dev.memfuse.load.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundLoop;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Measures pauses of the process: parks for a millisecond repeatedly and records the excess time. Captures pauses of
/// the collector, of the machine and of a busy processor. Owns the thread `load-hiccups`.
final class HiccupMeter implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);

    private final Recorder recorder = new Recorder(Measurements.DIGITS);
    private final Histogram sum = new Histogram(Measurements.DIGITS);
    private final BackgroundLoop loop = new BackgroundLoop("load-hiccups", this::measure);

    void start() {
        loop.start();
    }

    private boolean measure() {
        long before = System.nanoTime();
        LockSupport.parkNanos(this, INTERVAL);
        recorder.recordValue(Math.max(0, System.nanoTime() - before - INTERVAL));
        return true;
    }

    /// Forgets the pauses so far.
    synchronized void reset() {
        recorder.reset();
        sum.reset();
    }

    /// Returns the pauses since [#reset], in nanoseconds.
    synchronized Histogram pauses() {
        sum.add(recorder.getIntervalHistogram());
        return sum.copy();
    }

    @Override
    public void close() {
        loop.close();
    }
}
