package dev.memfuse.lab.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import org.jspecify.annotations.Nullable;

/// What the rules judge: an engine over a stretch of time. Immutable.
///
/// @param snapshots oldest first
/// @param config settings in force
/// @param before the database server at the begin; null when it did not answer
/// @param after the database server at the end; null when it did not answer
/// @param load the load of that time; null when the operations were those of other callers
/// @param recall null when no setting that ranking depends on differs from its default, or it was not measured
public record Observation(List<MetricsSnapshot> snapshots, MemFuseConfig config, @Nullable ServerState before,
        @Nullable ServerState after, @Nullable RunMeasurement load, @Nullable RecallChange recall) {
    /// Operations below which there is no advice.
    public static final long FEWEST_OPERATIONS = 100;
    /// Time below which there is no advice.
    public static final Duration SHORTEST = Duration.ofSeconds(5);
    /// Seconds in which a condition must hold.
    static final int FEWEST_SECONDS = 3;
    private static final double NANOS_PER_MS = 1e6;

    public Observation {
        snapshots = List.copyOf(snapshots);
    }

    /// Returns why there is too little for an advice; empty when there is enough.
    public String tooLittle() {
        if (span().compareTo(SHORTEST) < 0) {
            return "Advice takes at least 5 s of measurements.";
        }
        return operations() < FEWEST_OPERATIONS
                ? "Advice takes at least 100 operations: put load on the engine."
                : "";
    }

    /// Returns the time from the first to the last snapshot.
    Duration span() {
        return snapshots.size() < 2
                ? Duration.ZERO
                : Duration.between(snapshots.getFirst().at(), snapshots.getLast().at());
    }

    /// Returns the operations of callers in that time. The samples of a snapshot cover its last second, so that a
    /// snapshot counts with its share of it.
    double operations() {
        double count = 0;
        for (MetricsSnapshot snapshot : snapshots) {
            for (Operation operation : Operation.values()) {
                if (operation.isOfCaller()) {
                    count += snapshot.operation(operation).throughput() * interval(snapshot);
                }
            }
        }
        return count;
    }

    private static double interval(MetricsSnapshot snapshot) {
        return Math.clamp(snapshot.intervalSeconds(), 0, 1);
    }

    /// Returns the sum of a rate per second over that time.
    double total(ToDoubleFunction<MetricsSnapshot> perSecond) {
        return snapshots.stream().mapToDouble(snapshot -> perSecond.applyAsDouble(snapshot) * interval(snapshot)).sum();
    }

    /// Returns the share of the snapshots for which a condition holds, 0..1.
    double share(Predicate<MetricsSnapshot> condition) {
        return snapshots.isEmpty() ? 0 : (double) snapshots.stream().filter(condition).count() / snapshots.size();
    }

    /// Returns the number of seconds in which a condition holds at least once.
    long seconds(Predicate<MetricsSnapshot> condition) {
        return snapshots.stream().filter(condition).map(snapshot -> snapshot.at().getEpochSecond()).distinct().count();
    }

    /// Returns the snapshot with the largest value; the last one when all are equal.
    MetricsSnapshot worst(ToDoubleFunction<MetricsSnapshot> value) {
        return snapshots.stream().max(Comparator.comparingDouble(value)).orElseThrow();
    }

    /// Returns the moment of the end.
    Instant end() {
        return snapshots.getLast().at();
    }

    /// Returns the mean of a value over the first (0), second (1) or last (2) third of the snapshots.
    double meanOfThird(int third, ToDoubleFunction<MetricsSnapshot> value) {
        int size = snapshots.size();
        return snapshots.subList(third * size / 3, (third + 1) * size / 3).stream().mapToDouble(value).average()
                .orElse(0);
    }

    /// Returns the value below which a share of the snapshots lies.
    ///
    /// @param share 0..1
    double quantile(double share, ToDoubleFunction<MetricsSnapshot> value) {
        double[] sorted = snapshots.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    /// Returns the share of a stage in the time of the operations, 0..1.
    double stageShare(Stage stage) {
        double all = 0;
        for (Stage each : Stage.values()) {
            all += stageMs(each);
        }
        return all <= 0 ? 0 : stageMs(stage) / all;
    }

    /// Returns the mean time of an operation in a stage, in milliseconds.
    double stageMs(Stage stage) {
        if (load != null) {
            return load.result().stagesMs().getOrDefault(stage.label(), 0.0);
        }
        return snapshots.stream().filter(snapshot -> snapshot.stages().containsKey(stage))
                .mapToDouble(snapshot -> snapshot.stages().getOrDefault(stage, 0.0) / NANOS_PER_MS).average().orElse(0);
    }

    /// Returns the name of the median latency of the operation that takes most of the time, the metric of a trial.
    String mainMetric() {
        String main = OperationKind.ADD.label();
        double most = -1;
        for (OperationKind kind : OperationKind.values()) {
            Operation operation = Operation.valueOf(kind.name());
            double time = total(snapshot -> snapshot.operation(operation).throughput()
                    * snapshot.operation(operation).p50());
            if (time > most) {
                most = time;
                main = kind.label();
            }
        }
        return main + ".p50";
    }

    /// Predicts that a share of the time of an operation goes away.
    ///
    /// @param share of the time, 0..1
    /// @param reason completes the sentence "…x: "
    Prediction saves(double share, String reason) {
        return new Prediction(mainMetric(), Math.clamp(1 - share, 0.05, 1), reason);
    }
}
