package dev.memfuse.load.measure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Splits a run into seconds: of the warm-up, then of the measured part. Thread-safe.
public final class Timeline {
    /// Enough for a day with one point per second.
    private static final int MAX_POINTS = 90_000;
    /// A shorter rest of the warm-up is no point: a rate over an instant is not meaningful.
    private static final double MIN_WARMUP_SECONDS = 0.05;
    private static final double NANOS = 1e9;

    private final Measurements measurements;
    private final PoolWatch pool;
    private final List<Point> points = new ArrayList<>();
    private boolean warmup = true;
    private Instant startedAt = Instant.EPOCH;
    private long zero;
    private long partStart;
    private long nextSecond;
    private SecondBins bins;
    private boolean started;

    Timeline(Measurements measurements, PoolWatch pool) {
        this.measurements = measurements;
        this.pool = pool;
        this.bins = new SecondBins(0);
    }

    /// Starts the warm-up.
    synchronized void start() {
        startedAt = SteadyClock.now();
        zero = System.nanoTime();
        partStart = zero;
        bins = measurements.startSeconds(zero);
        started = true;
    }

    /// Adds the seconds that have passed.
    synchronized void cut() {
        addFullSeconds(measurements.countedUntil());
    }

    private void addFullSeconds(long until) {
        while (started && (until - partStart) / NANOS >= nextSecond + 1) {
            add(1);
        }
    }

    private void add(double seconds) {
        SecondBins.Bin bin = bins.take(nextSecond);
        PoolWatch.Usage usage = pool.take();
        double end = (partStart - zero) / NANOS + nextSecond + seconds;
        nextSecond++;
        if (points.size() >= MAX_POINTS) {
            return;
        }
        Histogram latencies = bin.latencies();
        points.add(new Point(end, startedAt.plusNanos(Math.round(end * NANOS)), warmup, latencies.getTotalCount(),
                latencies.getTotalCount() / seconds, bin.failed.sum() / seconds, bin.dropped.sum() / seconds,
                Percentiles.ms(latencies, 50), Percentiles.ms(latencies, 95), Percentiles.ms(latencies, 99),
                Percentiles.maxMs(latencies), usage.activeMean(), usage.waitingMax(), usage.limit(),
                operations(bin, seconds)));
    }

    private static Map<OperationKind, OperationPoint> operations(SecondBins.Bin bin, double seconds) {
        Map<OperationKind, OperationPoint> points = new EnumMap<>(OperationKind.class);
        for (OperationKind kind : OperationKind.values()) {
            Histogram calls = bin.kind(kind).calls;
            Histogram scheduled = bin.kind(kind).scheduled;
            if (calls.getTotalCount() > 0) {
                points.put(kind, new OperationPoint(calls.getTotalCount(), calls.getTotalCount() / seconds,
                        Percentiles.ms(calls, 50), Percentiles.ms(calls, 95), Percentiles.ms(calls, 99),
                        scheduled.getTotalCount() == 0 ? Double.NaN : Percentiles.ms(scheduled, 99)));
            }
        }
        return Collections.unmodifiableMap(points);
    }

    /// Ends the warm-up; later points belong to the measured part, whose first second starts now.
    ///
    /// @param from start of the measured part on the clock of [System#nanoTime]
    synchronized void startMeasuring(long from) {
        addFullSeconds(from);
        double rest = (from - partStart) / NANOS - nextSecond;
        SecondBins measured = measurements.startSeconds(from);
        if (rest >= MIN_WARMUP_SECONDS) {
            add(rest);
        }
        bins = measured;
        partStart = from;
        nextSecond = 0;
        pool.startMeasuring();
        warmup = false;
    }

    /// Adds the remaining full seconds of the measured part. What is left of a second is included in the result, and in
    /// the timeline only if the measured part has no other point, so that all points are a second apart.
    ///
    /// @param to end of the measured part on the clock of [System#nanoTime]
    public synchronized void finish(long to) {
        addFullSeconds(to);
        double rest = (to - partStart) / NANOS - nextSecond;
        if (nextSecond == 0 && rest > 0) {
            add(rest);
        }
        pool.take();
        started = false;
    }

    /// Returns the usage of the pool in the measured part.
    public synchronized PoolWatch.Usage measuredPool() {
        return pool.measured();
    }

    /// Returns the number of seconds so far.
    synchronized int size() {
        return points.size();
    }

    /// Returns the seconds so far, oldest first.
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
