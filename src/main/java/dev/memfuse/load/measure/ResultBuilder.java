package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Computes the result of a run from its measurements, once, after the last operation ended.
public final class ResultBuilder {
    private static final double NANOS_PER_MS = 1e6;
    private static final int SPECTRUM_STEPS_PER_HALVING = 4;

    private final Workload workload;
    private final Measurements measurements;
    private final double seconds;
    private final Map<OperationKind, Histogram> latencies = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, Histogram> services = new EnumMap<>(OperationKind.class);
    private final Histogram lag;

    /// @param seconds duration of the measured part, until its last operation ended
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

    /// Returns the operations with a share in the mix.
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

    /// Returns the figures of each operation by name.
    public Map<String, OperationResult> operations() {
        Map<String, OperationResult> operations = new LinkedHashMap<>();
        for (OperationKind kind : kinds()) {
            Histogram latency = of(latencies, kind);
            long count = latency.getTotalCount();
            operations.put(kind.label(), new OperationResult(count, measurements.kind(kind).errors(),
                    seconds > 0 ? count / seconds : 0, Percentiles.of(latency), Percentiles.of(of(services, kind))));
        }
        return operations;
    }

    /// Returns the number of adds by the label of their durability; every durability is present.
    public Map<String, Long> acknowledged() {
        Map<String, Long> counts = new LinkedHashMap<>();
        measurements.acknowledged().forEach((durability, count) -> counts.put(durability.label(), count));
        return counts;
    }

    private static Histogram of(Map<OperationKind, Histogram> histograms, OperationKind kind) {
        return Objects.requireNonNull(histograms.get(kind));
    }

    /// Returns the mean milliseconds per successful operation in each stage, over all operations.
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

    /// Returns the mean milliseconds per successful operation in each stage, by operation.
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

    /// Returns the latency at increasing percentiles up to the maximum, by operation.
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

    /// Returns the figures of the arrivals.
    ///
    /// @param target the load offered at the end
    public ArrivalResult arrival(double target) {
        boolean open = workload.arrival() instanceof Workload.Arrival.Open;
        return new ArrivalResult(open ? "open" : "closed", target, measurements.scheduledMeasured(),
                measurements.startedMeasured(), measurements.droppedMeasured(), Percentiles.of(lag));
    }

    /// Returns the figures of the pool.
    ///
    /// @param waits waits for a connection in nanoseconds
    /// @param timeouts waits that timed out
    public static PoolResult pool(Histogram waits, long timeouts, PoolWatch.Usage usage) {
        return new PoolResult(Percentiles.of(waits), usage.activeMax(), usage.activeMean(), usage.waitingMax(),
                usage.limit(), timeouts);
    }

    /// Returns the latencies of all operations together, for the warnings.
    public Percentiles allLatencies() {
        Histogram all = new Histogram(Measurements.DIGITS);
        latencies.values().forEach(all::add);
        return Percentiles.of(all);
    }

    /// Returns the duration of the measured part.
    public double seconds() {
        return seconds;
    }
}
