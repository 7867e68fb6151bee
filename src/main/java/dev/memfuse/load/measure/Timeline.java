package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Splits a run into intervals of about a second. Rates are counts divided by the measured length of the interval.
/// Thread-safe.
public final class Timeline {
    /// Enough for a day with one point per second.
    private static final int MAX_POINTS = 90_000;
    private static final double MIN_SECONDS = 0.5;
    private static final double MIN_WARMUP_SECONDS = 0.05;
    private static final double NANOS = 1e9;

    private final Measurements measurements;
    private final PoolWatch pool;
    private final long zero = System.nanoTime();
    private final List<Point> points = new ArrayList<>();
    private boolean warmup = true;
    private long lastCut = zero;
    private long lastFinished;
    private long lastFailed;
    private long lastDropped;
    private @Nullable Histogram recycled;

    Timeline(Measurements measurements, PoolWatch pool) {
        this.measurements = measurements;
        this.pool = pool;
    }

    /// Ends the current interval, unless it is shorter than half a second: rates over an instant are not meaningful.
    synchronized void cut() {
        cut(MIN_SECONDS);
    }

    /// Ends the last interval. A remainder shorter than half a second is included in the result, and in the timeline
    /// only if the measured part has no other point.
    public synchronized void finish() {
        cut(points.isEmpty() || points.getLast().warmup() ? 0 : MIN_SECONDS);
    }

    private void cut(double minSeconds) {
        long now = System.nanoTime();
        double seconds = (now - lastCut) / NANOS;
        if (seconds <= 0 || seconds < minSeconds || points.size() >= MAX_POINTS) {
            return;
        }
        Histogram latencies = measurements.takeLatencies(recycled);
        recycled = latencies;
        PoolWatch.Usage usage = pool.take();
        long finished = measurements.finishedCount();
        long failed = measurements.failedCount();
        long dropped = measurements.droppedCount();
        points.add(new Point((now - zero) / NANOS, SteadyClock.now(), warmup, (finished - lastFinished) / seconds,
                (failed - lastFailed) / seconds, (dropped - lastDropped) / seconds, Percentiles.ms(latencies, 50),
                Percentiles.ms(latencies, 95), Percentiles.ms(latencies, 99), Percentiles.maxMs(latencies),
                usage.activeMean(),
                usage.waitingMax(), usage.limit()));
        lastCut = now;
        lastFinished = finished;
        lastFailed = failed;
        lastDropped = dropped;
    }

    /// Ends the warm-up: ends the current interval; later points belong to the measured part.
    synchronized void startMeasuring() {
        cut(MIN_WARMUP_SECONDS);
        pool.startMeasuring();
        warmup = false;
    }

    /// Returns the usage of the pool in the measured part.
    public synchronized PoolWatch.Usage measuredPool() {
        return pool.measured();
    }

    /// Returns the intervals so far, oldest first.
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
