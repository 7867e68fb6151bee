package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.Percentiles;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.Stage;
import org.HdrHistogram.Histogram;

/// Turns what was recorded into a result, once, when no operation is under way any more.
public final class ResultBuilder {
    private static final double NANOS_PER_MS = 1e6;
    private static final int SPECTRUM_STEPS_PER_HALVING = 4;

    private final Workload workload;
    private final Measurements measurements;
    private final double seconds;
    private final Map<OperationKind, Histogram> latencies = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, Histogram> services = new EnumMap<>(OperationKind.class);
    private final Histogram lag;

    /// @param seconds measured time, until the last measured operation ended
    public ResultBuilder(Workload workload, Measurements measurements, double seconds) {
        this.workload = workload;
        this.measurements = measurements;
        this.seconds = seconds;
        for (OperationKind kind : OperationKind.values()) {
            latencies.put(kind, measurements.kind(kind).takeLatency());
            services.put(kind, measurements.kind(kind).takeService());
        }
        lag = measurements.takeLag();
    }

    /// Operations with a share in the mix.
    private List<OperationKind> kinds() {
        List<OperationKind> kinds = new ArrayList<>();
        for (OperationKind kind : OperationKind.values()) {
            double share = switch (kind) {
                case ADD -> workload.mix().add();
                case QUERY -> workload.mix().query();
                case LIST -> workload.mix().list();
            };
            if (share > 0) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    public Map<String, OperationResult> operations() {
        Map<String, OperationResult> operations = new LinkedHashMap<>();
        for (OperationKind kind : kinds()) {
            Histogram latency = of(latencies, kind);
            long count = latency.getTotalCount();
            operations.put(kind.label(), new OperationResult(count, measurements.kind(kind).errors(),
                    seconds > 0 ? count / seconds : 0, percentiles(latency), percentiles(of(services, kind))));
        }
        return operations;
    }

    /// Adds by the label of their worth; each worth is there.
    public Map<String, Long> acknowledged() {
        Map<String, Long> counts = new LinkedHashMap<>();
        measurements.acknowledged().forEach((worth, count) -> counts.put(worth.label(), count));
        return counts;
    }

    private static Histogram of(Map<OperationKind, Histogram> histograms, OperationKind kind) {
        return java.util.Objects.requireNonNull(histograms.get(kind));
    }

    static Percentiles percentiles(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return new Percentiles(0, 0, 0, 0, 0, 0, 0);
        }
        return new Percentiles(nanos.getMean() / NANOS_PER_MS, ms(nanos, 50), ms(nanos, 90), ms(nanos, 95),
                ms(nanos, 99), ms(nanos, 99.9), nanos.getMaxValue() / NANOS_PER_MS);
    }

    private static double ms(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MS;
    }

    /// Mean milliseconds per successful operation in each stage, over all kinds.
    public Map<String, Double> stagesMs() {
        long count = latencies.values().stream().mapToLong(Histogram::getTotalCount).sum();
        Map<String, Double> stages = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            long nanos = 0;
            for (OperationKind kind : OperationKind.values()) {
                nanos += measurements.kind(kind).stageNanos(stage);
            }
            stages.put(stage.label(), count == 0 ? 0 : nanos / NANOS_PER_MS / count);
        }
        return stages;
    }

    /// The same for each kind.
    public Map<String, Map<String, Double>> stagesMsByOperation() {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (OperationKind kind : kinds()) {
            long count = of(latencies, kind).getTotalCount();
            Map<String, Double> stages = new LinkedHashMap<>();
            for (Stage stage : Stage.values()) {
                stages.put(stage.label(),
                        count == 0 ? 0 : measurements.kind(kind).stageNanos(stage) / NANOS_PER_MS / count);
            }
            all.put(kind.label(), stages);
        }
        return all;
    }

    /// Latency at ever higher percentiles, until no sample lies above.
    public Map<String, List<SpectrumPoint>> spectrum() {
        Map<String, List<SpectrumPoint>> all = new LinkedHashMap<>();
        for (OperationKind kind : kinds()) {
            List<SpectrumPoint> points = new ArrayList<>();
            Histogram latency = of(latencies, kind);
            latency.percentiles(SPECTRUM_STEPS_PER_HALVING).forEach(value -> points.add(new SpectrumPoint(
                    value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / NANOS_PER_MS,
                    latency.getTotalCount() - value.getTotalCountToThisValue())));
            all.put(kind.label(), points);
        }
        return all;
    }

    public ArrivalResult arrival(double target) {
        boolean open = workload.arrival() instanceof Workload.Arrival.Open;
        return new ArrivalResult(open ? "open" : "closed", target, measurements.scheduledMeasured(),
                measurements.startedMeasured(), measurements.droppedMeasured(), percentiles(lag));
    }

    public static PoolResult pool(Histogram waits, long timeouts, PoolWatch.Usage usage) {
        return new PoolResult(percentiles(waits), usage.activeMax(), usage.activeMean(), usage.waitingMax(),
                usage.limit(), timeouts);
    }

    /// Latencies of all kinds together, for the warnings.
    public Percentiles allLatencies() {
        Histogram all = new Histogram(Measurements.DIGITS);
        latencies.values().forEach(all::add);
        return percentiles(all);
    }

    public double seconds() {
        return seconds;
    }
}
