package dev.memfuse.metrics;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencySlice;

/// What was measured in a span of time, in a form that can be merged: counts, sums and distributions, no rates, means
/// or percentiles. Immutable.
///
/// @param from begin of the span
/// @param to end of the span
/// @param seconds measured time; less than the span when nothing was measured in a part of it
/// @param operations the operations that occurred
/// @param calls number of operations of callers
/// @param stageNanos time of operations of callers in each stage, in nanoseconds
/// @param pool leases of connections
/// @param gauges values of gauges
/// @param work work of the engine
public record MetricsSlice(Instant from, Instant to, double seconds, Map<Operation, OperationSlice> operations,
        long calls, Map<Stage, Long> stageNanos, PoolSlice pool, Map<SliceGauge, GaugeSlice> gauges, WorkCounts work) {

    public MetricsSlice {
        operations = Map.copyOf(operations);
        stageNanos = Map.copyOf(stageNanos);
        gauges = Map.copyOf(gauges);
    }

    /// One kind of operation.
    ///
    /// @param latency times of all operations that ended, failed ones included
    /// @param scheduled times from the scheduled start to the end, of successful operations of an open load
    /// @param errors number of failed operations
    public record OperationSlice(LatencySlice latency, LatencySlice scheduled, long errors) {
        /// No operation.
        public static final OperationSlice NONE = new OperationSlice(LatencySlice.NONE, LatencySlice.NONE, 0);

        static OperationSlice merge(Collection<OperationSlice> slices) {
            return new OperationSlice(LatencySlice.merge(slices.stream().map(OperationSlice::latency).toList()),
                    LatencySlice.merge(slices.stream().map(OperationSlice::scheduled).toList()),
                    slices.stream().mapToLong(OperationSlice::errors).sum());
        }
    }

    /// Leases of connections.
    ///
    /// @param waits waits for a connection, those that timed out included
    /// @param holds times for which connections were held
    /// @param timeouts number of waits that timed out
    public record PoolSlice(LatencySlice waits, LatencySlice holds, long timeouts) {
        /// No lease.
        public static final PoolSlice NONE = new PoolSlice(LatencySlice.NONE, LatencySlice.NONE, 0);
    }

    /// Returns an operation; [OperationSlice#NONE] when it did not occur.
    public OperationSlice operation(Operation operation) {
        return operations.getOrDefault(operation, OperationSlice.NONE);
    }

    /// Returns a gauge; [GaugeSlice#NONE] without values.
    public GaugeSlice gauge(SliceGauge gauge) {
        return gauges.getOrDefault(gauge, GaugeSlice.NONE);
    }

    /// Merges slices: counts and sums are added, distributions are merged, maxima are kept.
    ///
    /// @param slices at least one, oldest first
    public static MetricsSlice merge(List<MetricsSlice> slices) {
        Map<Operation, OperationSlice> operations = merged(Operation.class, slices, MetricsSlice::operations,
                OperationSlice::merge);
        Map<SliceGauge, GaugeSlice> gauges = merged(SliceGauge.class, slices, MetricsSlice::gauges, GaugeSlice::merge);
        Map<Stage, Long> stages = merged(Stage.class, slices, MetricsSlice::stageNanos,
                parts -> parts.stream().mapToLong(Long::longValue).sum());
        PoolSlice pool = new PoolSlice(
                LatencySlice.merge(slices.stream().map(slice -> slice.pool.waits()).toList()),
                LatencySlice.merge(slices.stream().map(slice -> slice.pool.holds()).toList()),
                sum(slices, slice -> slice.pool.timeouts()));
        WorkCounts work = slices.stream().map(MetricsSlice::work).reduce(WorkCounts.NONE, WorkCounts::plus);
        return new MetricsSlice(slices.getFirst().from, slices.getLast().to,
                slices.stream().mapToDouble(MetricsSlice::seconds).sum(), operations, sum(slices, MetricsSlice::calls),
                stages, pool, gauges, work);
    }

    private static long sum(List<MetricsSlice> slices, ToLongFunction<MetricsSlice> part) {
        return slices.stream().mapToLong(part).sum();
    }

    private static <K extends Enum<K>, V> Map<K, V> merged(Class<K> keys, List<MetricsSlice> slices,
            Function<MetricsSlice, Map<K, V>> map, Function<List<V>, V> merge) {
        Map<K, V> merged = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            List<V> parts = slices.stream().map(slice -> map.apply(slice).get(key)).filter(Objects::nonNull).toList();
            if (!parts.isEmpty()) {
                merged.put(key, merge.apply(parts));
            }
        }
        return merged;
    }
}
