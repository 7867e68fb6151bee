package dev.memfuse.metrics;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import dev.memfuse.metrics.MetricsSlice.OperationSlice;
import dev.memfuse.metrics.MetricsSlice.PoolSlice;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencySlice;
import org.HdrHistogram.Histogram;

/// Builds slices of one second, for tests of their readers.
public final class SampleSlices {
    private static final long MILLI = 1_000_000;

    private final Instant from;
    private final Map<Operation, OperationSlice> operations = new EnumMap<>(Operation.class);
    private final Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    private final Map<SliceGauge, GaugeSlice> gauges = new EnumMap<>(SliceGauge.class);
    private final WorkStats work = new WorkStats();
    private PoolSlice pool = PoolSlice.NONE;
    private long calls;

    private SampleSlices(Instant from) {
        this.from = from;
    }

    /// Begins a slice.
    public static SampleSlices at(Instant from) {
        return new SampleSlices(from);
    }

    /// Returns a distribution of equal times.
    public static LatencySlice times(int count, double millis) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(Math.round(millis * MILLI), count);
        return LatencySlice.of(histogram);
    }

    /// Adds calls of equal length.
    public SampleSlices calls(Operation operation, int count, double millis, int errors) {
        return calls(operation, times(count, millis), LatencySlice.NONE, errors);
    }

    /// Adds calls.
    public SampleSlices calls(Operation operation, LatencySlice latency, LatencySlice scheduled, int errors) {
        operations.put(operation, new OperationSlice(latency, scheduled, errors));
        calls += operation.isOfCaller() ? latency.count() : 0;
        return this;
    }

    /// Adds time in a stage, of all calls together.
    public SampleSlices stage(Stage stage, double millis) {
        stages.put(stage, Math.round(millis * MILLI));
        return this;
    }

    /// Adds the values of a gauge.
    public SampleSlices gauge(SliceGauge gauge, double... values) {
        for (double value : values) {
            gauges.put(gauge, gauges.getOrDefault(gauge, GaugeSlice.NONE).with(value));
        }
        return this;
    }

    /// Adds work.
    public SampleSlices work(Work kind, long count) {
        work.add(kind, count);
        return this;
    }

    /// Sets the leases.
    public SampleSlices leases(LatencySlice waits, LatencySlice holds, int timeouts) {
        pool = new PoolSlice(waits, holds, timeouts);
        return this;
    }

    /// Returns the slice.
    public MetricsSlice second() {
        return new MetricsSlice(from, from.plusSeconds(1), 1, operations, calls, stages, pool, gauges, work.counts());
    }
}
