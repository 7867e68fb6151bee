package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.console.chart.ChartCsv;
import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.recording.Baseline;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.metrics.Operation;
import org.jspecify.annotations.Nullable;

/// The course of a recorded load as samples of the charts. Made on any thread, then for the FX thread only.
final class BaselineSamples {
    private static final double MILLIS = 1_000;
    private static final Map<Operation, OperationKind> KINDS = Map.of(Operation.ADD, OperationKind.ADD,
            Operation.QUERY, OperationKind.QUERY, Operation.LIST, OperationKind.LIST);

    private final SampleRing throughput;
    private final SampleRing pool;
    private final Map<Operation, SampleRing> latency = new EnumMap<>(Operation.class);

    /// Creates the samples with the start of the load at the epoch.
    BaselineSamples(Baseline baseline) {
        List<Point> points = baseline.points();
        // What was observed more than ten minutes before it was recorded has a point for ten seconds.
        long gap = baseline.manifest().kind() == RecordingKind.OBSERVATION
                ? SampleRing.COARSE_GAP_MILLIS
                : SampleRing.GAP_MILLIS;
        throughput = ring(LiveCharts.THROUGHPUT, points.size(), gap);
        pool = ring(LiveCharts.POOL, points.size(), gap);
        LiveCharts.CALLS.forEach(call -> latency.put(call, ring(LiveCharts.LATENCY, points.size(), gap)));
        boolean operations = baseline.hasOperations();
        for (Point point : points) {
            long at = Math.round(point.seconds() * MILLIS);
            throughput.append(at, rates(point, operations));
            pool.append(at, point.poolActive(), Double.NaN,
                    Double.isNaN(point.poolActive()) ? Double.NaN : point.poolWaiting(),
                    Double.isNaN(point.poolActive()) ? Double.NaN : point.poolLimit());
            latency.forEach((call, ring) -> ring.append(at, times(operation(point, call))));
        }
    }

    private static SampleRing ring(ChartSpec spec, int samples, long gap) {
        return new SampleRing(spec.series().size(), Math.max(1, samples), gap);
    }

    private static @Nullable OperationPoint operation(Point point, Operation call) {
        return point.operations().get(KINDS.getOrDefault(call, OperationKind.ADD));
    }

    /// A load makes neither other calls nor flushes of its own.
    private static double[] rates(Point point, boolean known) {
        double[] rates = new double[LiveCharts.THROUGHPUT.series().size()];
        Arrays.fill(rates, Double.NaN);
        for (int i = 0; known && i < LiveCharts.CALLS.size(); i++) {
            OperationPoint operation = operation(point, LiveCharts.CALLS.get(i));
            rates[i] = operation == null ? 0 : operation.throughput();
        }
        return rates;
    }

    private static double[] times(@Nullable OperationPoint operation) {
        return operation == null
                ? new double[]{Double.NaN, Double.NaN, Double.NaN, Double.NaN}
                : new double[]{operation.p50(), operation.p95(), operation.p99(), operation.scheduledP99()};
    }

    /// Places the start of the load.
    ///
    /// @param millis milliseconds since the epoch
    void startAt(long millis) {
        throughput.shift(millis);
        pool.shift(millis);
        latency.values().forEach(ring -> ring.shift(millis));
    }

    /// Returns the columns of the CSV export.
    List<ChartCsv.Part> parts() {
        List<ChartCsv.Part> parts = new ArrayList<>();
        parts.add(new ChartCsv.Part(LiveCharts.THROUGHPUT.titled("Baseline throughput"), throughput));
        latency.forEach((call, ring) -> parts.add(
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Baseline latency of " + call.label()), ring)));
        parts.add(new ChartCsv.Part(LiveCharts.POOL.titled("Baseline connection pool"), pool));
        return parts;
    }

    SampleRing throughput() {
        return throughput;
    }

    SampleRing pool() {
        return pool;
    }

    /// Returns the latency samples of add, query or list.
    SampleRing latency(Operation call) {
        SampleRing ring = latency.get(call);
        if (ring == null) {
            throw new IllegalArgumentException("No latency samples of " + call);
        }
        return ring;
    }
}
