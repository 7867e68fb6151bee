package dev.memfuse.metrics.span;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.MetricsSlice.OperationSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.WorkCounts;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencySlice;
import dev.memfuse.metrics.stats.Percentiles;

/// The figures of a span.
///
/// @param seconds measured time; 0 when nothing was measured
/// @param operations the operations that occurred
/// @param all all operations of callers together
/// @param stages mean time of an operation of callers in each stage, in milliseconds; empty without operations
/// @param work work of the engine
/// @param waits waits for a connection
/// @param holds times for which connections were held
/// @param timeouts number of waits that timed out
/// @param gauges values of gauges
public record SpanFigures(double seconds, Map<Operation, Calls> operations, Calls all, Map<Stage, Double> stages,
        WorkCounts work, Times waits, Times holds, long timeouts, Map<SliceGauge, GaugeSlice> gauges) {
    private static final double MILLI = 1e6;

    public SpanFigures {
        operations = Map.copyOf(operations);
        stages = Map.copyOf(stages);
        gauges = Map.copyOf(gauges);
    }

    /// Times of one kind.
    ///
    /// @param count number of values
    /// @param percentiles in milliseconds
    public record Times(long count, Percentiles percentiles) {
        /// No values.
        public static final Times NONE = new Times(0, Percentiles.NONE);

        static Times of(LatencySlice slice) {
            return slice.count() == 0
                    ? NONE
                    : new Times(slice.count(), new Percentiles(slice.meanNanos() / MILLI, ms(slice, 50),
                            ms(slice, 90), ms(slice, 95), ms(slice, 99), ms(slice, 99.9), slice.max() / MILLI));
        }

        private static double ms(LatencySlice slice, double percentile) {
            return slice.nanosAt(percentile) / MILLI;
        }
    }

    /// Calls of one operation, or of several.
    ///
    /// @param latency times from the start to the end
    /// @param scheduled times from the scheduled start to the end, of an open load
    /// @param errors number of failed operations
    public record Calls(Times latency, Times scheduled, long errors) {
        /// No call.
        public static final Calls NONE = new Calls(Times.NONE, Times.NONE, 0);

        static Calls of(OperationSlice slice) {
            return new Calls(Times.of(slice.latency()), Times.of(slice.scheduled()), slice.errors());
        }
    }

    /// Returns the figures of slices.
    ///
    /// @param slices oldest first
    public static SpanFigures of(List<MetricsSlice> slices) {
        if (slices.isEmpty()) {
            return new SpanFigures(0, Map.of(), Calls.NONE, Map.of(), WorkCounts.NONE, Times.NONE, Times.NONE, 0,
                    Map.of());
        }
        MetricsSlice merged = MetricsSlice.merge(slices);
        Map<Operation, Calls> operations = new EnumMap<>(Operation.class);
        merged.operations().forEach((operation, slice) -> operations.put(operation, Calls.of(slice)));
        Map<Stage, Double> stages = new EnumMap<>(Stage.class);
        if (merged.calls() > 0) {
            merged.stageNanos().forEach((stage, nanos) -> stages.put(stage, nanos / MILLI / merged.calls()));
        }
        return new SpanFigures(merged.seconds(), operations, Calls.of(ofCallers(merged)), stages, merged.work(),
                Times.of(merged.pool().waits()), Times.of(merged.pool().holds()), merged.pool().timeouts(),
                merged.gauges());
    }

    private static OperationSlice ofCallers(MetricsSlice slice) {
        List<OperationSlice> parts = slice.operations().entrySet().stream()
                .filter(entry -> entry.getKey().isOfCaller()).map(Map.Entry::getValue).toList();
        return new OperationSlice(LatencySlice.merge(parts.stream().map(OperationSlice::latency).toList()),
                LatencySlice.merge(parts.stream().map(OperationSlice::scheduled).toList()),
                parts.stream().mapToLong(OperationSlice::errors).sum());
    }

    /// Returns whether anything was measured.
    public boolean measured() {
        return seconds > 0;
    }

    /// Returns the calls of an operation; [Calls#NONE] when it did not occur.
    public Calls calls(Operation operation) {
        return operations.getOrDefault(operation, Calls.NONE);
    }

    /// Returns a gauge; [GaugeSlice#NONE] without values.
    public GaugeSlice gauge(SliceGauge gauge) {
        return gauges.getOrDefault(gauge, GaugeSlice.NONE);
    }

    /// Returns a number for each second; `NaN` when nothing was measured.
    double perSecond(double count) {
        return seconds > 0 ? count / seconds : Double.NaN;
    }

    /// Returns a number for each call; `NaN` without calls.
    double perCall(double count) {
        return all.latency().count() > 0 ? count / all.latency().count() : Double.NaN;
    }
}
