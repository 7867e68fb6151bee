package dev.memfuse.metrics.pause;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundLoop;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Measures hiccups of the process: parks for an interval repeatedly and records the excess time. Captures pauses of
/// the collector, of the machine and of a busy processor, after Gil Tene's jHiccup. A hiccup that is shorter than the
/// interval may fall between two wake-ups. Owns a thread.
public final class HiccupMeter implements AutoCloseable {
    private static final int DIGITS = 3;

    private final long interval;
    private final Recorder recorder = new Recorder(DIGITS);
    private final BackgroundLoop loop;

    /// @param thread name of the thread
    /// @param interval time between two wake-ups; each costs some microseconds of a processor
    public HiccupMeter(String thread, Duration interval) {
        this.interval = interval.toNanos();
        loop = new BackgroundLoop(thread, this::measure);
    }

    /// Starts the thread.
    public void start() {
        loop.start();
    }

    private boolean measure() {
        long before = System.nanoTime();
        LockSupport.parkNanos(this, interval);
        recorder.recordValue(Math.max(0, System.nanoTime() - before - interval));
        return true;
    }

    /// Returns the hiccups since the last call, in nanoseconds. For one thread at a time.
    ///
    /// @param recycled an earlier result that is no longer needed; null without one
    public Histogram take(@Nullable Histogram recycled) {
        return recorder.getIntervalHistogram(recycled);
    }

    @Override
    public void close() {
        loop.close();
    }
}
