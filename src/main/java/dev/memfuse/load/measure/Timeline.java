package dev.memfuse.load.measure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.load.LoadRecording.Point;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Cuts a run into intervals of about a second. Rates are divided by the time that really passed. Thread-safe.
public final class Timeline {
    /// A run of a day at one point per second.
    private static final int MAX_POINTS = 90_000;
    private static final double SHORTEST = 0.5;
    private static final double SHORTEST_WARMUP = 0.05;
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MS = 1e6;

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

    /// Ends the current interval now, unless it has only just begun: rates over an instant say nothing.
    synchronized void cut() {
        cut(SHORTEST);
    }

    /// Ends the last interval. What a very short rest adds is in the result, and is shown only if nothing else would be.
    public synchronized void finish() {
        cut(points.isEmpty() || points.getLast().warmup() ? 0 : SHORTEST);
    }

    private void cut(double shortest) {
        long now = System.nanoTime();
        double seconds = (now - lastCut) / NANOS;
        if (seconds <= 0 || seconds < shortest || points.size() >= MAX_POINTS) {
            return;
        }
        Histogram latencies = measurements.takeLatencies(recycled);
        recycled = latencies;
        PoolWatch.Usage usage = pool.take();
        long finished = measurements.finishedCount();
        long failed = measurements.failedCount();
        long dropped = measurements.droppedCount();
        points.add(new Point((now - zero) / NANOS, Instant.now(), warmup, (finished - lastFinished) / seconds,
                (failed - lastFailed) / seconds, (dropped - lastDropped) / seconds, ms(latencies, 50),
                ms(latencies, 95), ms(latencies, 99), latencies.getMaxValue() / NANOS_PER_MS, usage.activeMean(),
                usage.waitingMax(), usage.limit()));
        lastCut = now;
        lastFinished = finished;
        lastFailed = failed;
        lastDropped = dropped;
    }

    private static double ms(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / NANOS_PER_MS;
    }

    /// Ends the warm-up: cuts, and marks what follows as measured.
    synchronized void startMeasuring() {
        cut(SHORTEST_WARMUP);
        pool.startMeasuring();
        warmup = false;
    }

    /// The pool in the measured part.
    public synchronized PoolWatch.Usage measuredPool() {
        return pool.measured();
    }

    /// The intervals so far.
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
