package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.memfuse.load.LoadRecording.SpectrumPoint;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Computes the result of a run from its measurements, once, after the last operation ended.
public final class ResultBuilder {
    private static final double NANOS_PER_MS = 1e6;
    private static final int SPECTRUM_STEPS_PER_HALVING = 4;

    private final Set<OperationKind> kinds;
    private final Measurements measurements;
    private final double seconds;
    private final Map<OperationKind, Histogram> latencies = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, Histogram> services = new EnumMap<>(OperationKind.class);
    private final Histogram lag;

    /// @param kinds operations that the run had a share of
    /// @param seconds planned duration of the measured part, or the time until now or until it was stopped
    public ResultBuilder(Set<OperationKind> kinds, Measurements measurements, double seconds) {
        this.kinds = kinds;
        this.measurements = measurements;
        this.seconds = seconds;
        for (OperationKind kind : OperationKind.values()) {
            latencies.put(kind, measurements.kind(kind).latency());
            services.put(kind, measurements.kind(kind).service());
        }
        lag = measurements.lag();
    }

    /// Returns the figures of each operation by name.
    public Map<String, OperationResult> operations() {
        Map<String, OperationResult> operations = new LinkedHashMap<>();
        for (OperationKind kind : kinds) {
            OperationMeasurement measured = measurements.kind(kind);
            long bound = measured.lowerBoundFrom();
            operations.put(kind.label(), new OperationResult(measured.count(), measured.errors(),
                    measured.unfinishedCount(), measured.lateCount(),
                    seconds > 0 ? measured.completedCount() / seconds : 0, Percentiles.of(of(latencies, kind)),
                    Percentiles.of(of(services, kind)), bound == Long.MAX_VALUE ? null : bound / NANOS_PER_MS));
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
        long count = kinds.stream().mapToLong(kind -> measurements.kind(kind).count()).sum();
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
        for (OperationKind kind : kinds) {
            long count = measurements.kind(kind).count();
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
        for (OperationKind kind : kinds) {
            all.put(kind.label(), spectrum(of(latencies, kind)));
        }
        return all;
    }

    /// Returns a latency at increasing percentiles up to the maximum.
    ///
    /// @param latency in nanoseconds
    public static List<SpectrumPoint> spectrum(Histogram latency) {
        List<SpectrumPoint> points = new ArrayList<>();
        latency.percentiles(SPECTRUM_STEPS_PER_HALVING).forEach(value -> points.add(new SpectrumPoint(
                value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / NANOS_PER_MS,
                latency.getTotalCount() - value.getTotalCountToThisValue())));
        return points;
    }

    /// Returns the figures of the arrivals.
    ///
    /// @param open whether operations arrived on a schedule
    /// @param target the load offered at the end
    /// @param usualMs time that an operation usually takes, in milliseconds
    public ArrivalResult arrival(boolean open, double target, double usualMs) {
        return new ArrivalResult(open ? "open" : "closed", target, measurements.due(), measurements.started(),
                measurements.dropped(), achieved(usualMs), Percentiles.of(lag));
    }

    /// Returns the share of the due operations that succeeded in time. Operations that ended after the measured part
    /// were in time when they were no more than are usually in progress: the rate of arrivals times the usual time of
    /// an operation (Little's law), with three standard deviations. More are a backlog that the engine did not keep up
    /// with.
    private double achieved(double usualMs) {
        long due = measurements.due();
        if (due == 0 || seconds <= 0) {
            return 0;
        }
        long succeeded = 0;
        long late = 0;
        for (OperationKind kind : kinds) {
            succeeded += measurements.kind(kind).count();
            late += measurements.kind(kind).lateCount();
        }
        double inProgress = due / seconds * usualMs / 1e3;
        double backlog = Math.max(0, late - (inProgress + 3 * Math.sqrt(inProgress) + 1));
        return (succeeded - backlog) / due;
    }

    /// Returns the latencies of the measured part in nanoseconds, of the operations that the run had a share of.
    public Map<OperationKind, Histogram> latencies() {
        return ofRun(latencies);
    }

    /// Returns the service times of the measured part in nanoseconds, of the operations that the run had a share of.
    public Map<OperationKind, Histogram> services() {
        return ofRun(services);
    }

    private Map<OperationKind, Histogram> ofRun(Map<OperationKind, Histogram> all) {
        Map<OperationKind, Histogram> chosen = new EnumMap<>(OperationKind.class);
        kinds.forEach(kind -> chosen.put(kind, of(all, kind)));
        return chosen;
    }

    /// Returns the lags of the measured part in nanoseconds.
    public Histogram lag() {
        return lag;
    }

    /// Returns the figures of the pool.
    ///
    /// @param waits waits for a connection in nanoseconds
    /// @param timeouts waits that timed out
    static PoolResult pool(Histogram waits, long timeouts, PoolWatch.Usage usage) {
        return new PoolResult(Percentiles.of(waits), usage.activeMax(),
                usage.samples() == 0 ? 0 : usage.activeMean(), usage.waitingMax(), usage.limit(), timeouts,
                waits.getTotalCount());
    }

    /// Returns the latencies of all operations together, for the warnings.
    public Percentiles allLatencies() {
        Histogram all = new Histogram(Measurements.DIGITS);
        latencies.values().forEach(all::add);
        return Percentiles.of(all);
    }
}
