package dev.memfuse.load.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.MetricsSlice.OperationSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencyGrid;
import dev.memfuse.metrics.slice.LatencySlice;
import org.HdrHistogram.Histogram;

/// The slices of the engine in the form that recordings have: one point for each slice, and distributions.
///
/// Its times are those of the calls alone, failed ones included, with an error of at most 1 %: the engine keeps no
/// others.
final class ObservedCourse {
    private static final Map<OperationKind, Operation> OPERATIONS = new EnumMap<>(Map.of(OperationKind.ADD,
            Operation.ADD, OperationKind.QUERY, Operation.QUERY, OperationKind.LIST, Operation.LIST));
    private static final int DIGITS = 3;

    private ObservedCourse() {}

    /// Returns the course.
    ///
    /// @param slices oldest first
    /// @param start where the seconds of the points begin
    static List<Point> points(List<MetricsSlice> slices, Instant start) {
        return slices.stream().map(slice -> point(slice, start)).toList();
    }

    private static Point point(MetricsSlice slice, Instant start) {
        List<OperationSlice> callers = slice.operations().entrySet().stream()
                .filter(entry -> entry.getKey().isOfCaller()).map(Map.Entry::getValue).toList();
        LatencySlice all = LatencySlice.merge(callers.stream().map(OperationSlice::latency).toList());
        long errors = callers.stream().mapToLong(OperationSlice::errors).sum();
        long count = Math.max(0, all.count() - errors);
        GaugeSlice active = slice.gauge(SliceGauge.ACTIVE);
        return new Point(Duration.between(start, slice.to()).toMillis() / 1e3, slice.to(), false, count,
                perSecond(count, slice), perSecond(errors, slice), 0, ms(all, 50), ms(all, 95), ms(all, 99),
                ms(all.max()), active.mean(), (int) orZero(slice.gauge(SliceGauge.WAITING)),
                (int) orZero(slice.gauge(SliceGauge.LIMIT)), operations(slice));
    }

    private static Map<OperationKind, OperationPoint> operations(MetricsSlice slice) {
        Map<OperationKind, OperationPoint> points = new EnumMap<>(OperationKind.class);
        OPERATIONS.forEach((kind, operation) -> {
            OperationSlice calls = slice.operation(operation);
            long count = calls.latency().count() - calls.errors();
            if (count > 0) {
                LatencySlice times = calls.latency();
                points.put(kind, new OperationPoint(count, perSecond(count, slice), ms(times, 50), ms(times, 95),
                        ms(times, 99), calls.scheduled().count() == 0 ? Double.NaN : ms(calls.scheduled(), 99)));
            }
        });
        return points;
    }

    private static double orZero(GaugeSlice gauge) {
        return gauge.samples() == 0 ? 0 : gauge.max();
    }

    private static double perSecond(long count, MetricsSlice slice) {
        return slice.seconds() > 0 ? count / slice.seconds() : 0;
    }

    private static double ms(LatencySlice slice, double percentile) {
        return ms(slice.nanosAt(percentile));
    }

    private static double ms(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    /// Returns the distributions in nanoseconds by name: `add.service` and so on; those from the schedule of an open
    /// load are `add.latency`. Empty without calls.
    static Map<String, Histogram> histograms(MetricsSlice merged) {
        Map<String, Histogram> all = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            OperationSlice slice = merged.operation(operation);
            if (slice.latency().count() > 0) {
                all.put(operation.label() + LoadFiles.SERVICE, histogram(slice.latency()));
            }
            if (slice.scheduled().count() > 0) {
                all.put(operation.label() + LoadFiles.LATENCY, histogram(slice.scheduled()));
            }
        }
        return all;
    }

    private static Histogram histogram(LatencySlice slice) {
        Histogram histogram = new Histogram(DIGITS);
        slice.forEach((bucket, count) -> histogram.recordValueWithCount(
                Math.min(slice.max(), LatencyGrid.middle(bucket)), count));
        return histogram;
    }
}
