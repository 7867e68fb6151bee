package dev.memfuse.metrics;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import dev.memfuse.metrics.MetricsSlice.OperationSlice;
import dev.memfuse.metrics.MetricsSlice.PoolSlice;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencySlice;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Collects what one second measured for the [MetricsHistory]. For the sampler's thread.
final class SliceRecorder {
    private final MetricsHub hub;
    private final @Nullable Histogram[] recycled = new Histogram[Operation.values().length];
    private final Map<Operation, OperationSlice> operations = new EnumMap<>(Operation.class);
    private final Map<SliceGauge, GaugeSlice> gauges = new EnumMap<>(SliceGauge.class);
    private Map<Stage, Long> stages = Map.of();
    private long calls;
    private PoolSlice pool = PoolSlice.NONE;
    private WorkCounts workBefore;
    private Instant from;

    SliceRecorder(MetricsHub hub, Instant from) {
        this.hub = hub;
        this.from = from;
        this.workBefore = hub.work().counts();
    }

    /// Adds the gauges of a snapshot that have a value.
    void gauges(MetricsSnapshot snapshot) {
        for (SliceGauge gauge : SliceGauge.values()) {
            double value = gauge.of(snapshot);
            if (!Double.isNaN(value)) {
                gauges.put(gauge, gauges.getOrDefault(gauge, GaugeSlice.NONE).with(value));
            }
        }
    }

    /// Adds the operations of the second.
    ///
    /// @return their latencies from the scheduled start, valid until the next second
    Histogram operation(Operation operation, Histogram latency, long errors) {
        Histogram scheduled = hub.scheduled(operation).getIntervalHistogram(recycled[operation.ordinal()]);
        recycled[operation.ordinal()] = scheduled;
        if (latency.getTotalCount() > 0 || scheduled.getTotalCount() > 0) {
            operations.put(operation,
                    new OperationSlice(LatencySlice.of(latency), LatencySlice.of(scheduled), errors));
        }
        return scheduled;
    }

    void stages(long count, Map<Stage, Long> nanos) {
        calls = count;
        stages = nanos;
    }

    void leases(Histogram waits, Histogram holds, long timeouts) {
        pool = new PoolSlice(LatencySlice.of(waits), LatencySlice.of(holds), timeouts);
    }

    /// Returns the second, and begins the next one.
    ///
    /// @param at end of the second
    /// @param seconds its measured length
    MetricsSlice end(Instant at, double seconds) {
        WorkCounts work = hub.work().counts();
        MetricsSlice slice = new MetricsSlice(from, at, seconds, operations, calls, stages, pool, gauges,
                work.since(workBefore));
        workBefore = work;
        from = at;
        operations.clear();
        gauges.clear();
        return slice;
    }
}
