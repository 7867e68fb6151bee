package dev.memfuse.engine.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Latency of forces in intervals of about a second, independent of the frequency of reads. Thread-safe.
final class ForceMeter {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(DIGITS);
    private @Nullable Histogram recycled;
    private JournalStatus.ForceLatency latest = JournalStatus.ForceLatency.NONE;
    private long intervalStart;

    /// @param now start of the first interval, on the clock of [System#nanoTime]
    ForceMeter(long now) {
        this.intervalStart = now;
    }

    /// Records the duration of one force.
    void record(long nanos) {
        recorder.recordValue(Math.max(0, nanos));
    }

    /// Returns the latency of the last finished interval.
    ///
    /// @param now on the clock of [System#nanoTime]
    synchronized JournalStatus.ForceLatency latest(long now) {
        if (now - intervalStart >= INTERVAL) {
            intervalStart = now;
            Histogram interval = recorder.getIntervalHistogram(recycled);
            recycled = interval;
            latest = new JournalStatus.ForceLatency(interval.getTotalCount(),
                    Duration.ofNanos(Percentiles.nanos(interval, 50)),
                    Duration.ofNanos(Percentiles.nanos(interval, 99)), Duration.ofNanos(interval.getMaxValue()));
        }
        return latest;
    }
}
