package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.ArmReading;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.stats.Percentiles;

/// What was measured of one candidate, over all of its loads. For one thread.
final class Trial {
    private final Candidate candidate;
    private final ArmReading reading = new ArmReading();
    private final List<RunMeasurement> loads = new ArrayList<>();
    private long aroundNanos;
    private Optional<String> ended = Optional.empty();

    Trial(Candidate candidate) {
        this.candidate = candidate;
    }

    /// Adds a load.
    ///
    /// @param elapsed time that it took as a whole
    void add(RunMeasurement load, Duration elapsed) {
        reading.add(load);
        loads.add(load);
        aroundNanos += elapsed.toNanos() - Math.round(load.result().seconds() * 1e9);
    }

    Candidate candidate() {
        return candidate;
    }

    ArmReading reading() {
        return reading;
    }

    /// Returns the number of loads.
    int loads() {
        return loads.size();
    }

    /// Returns the mean time of a load beside its measured part.
    Duration around() {
        return loads.isEmpty() ? Duration.ZERO : Duration.ofNanos(Math.max(0, aroundNanos / loads.size()));
    }

    /// Leaves the candidate out from now on.
    ///
    /// @param why the beginning of a sentence: "ended by a guardrail"
    void end(String why) {
        ended = Optional.of(why);
    }

    /// Returns why the candidate was left out; empty while it is in.
    Optional<String> ended() {
        return ended;
    }

    /// Returns the value of a metric over all loads; NaN when nothing was measured. A percentile is that of the sum of
    /// the histograms, also when it is rough: it only orders the candidates.
    double value(Metric metric) {
        if (metric.figure().latency()) {
            OperationKind kind = Objects.requireNonNull(metric.operation());
            return reading.latencies(kind).getTotalCount() == 0
                    ? Double.NaN
                    : Percentiles.ms(reading.latencies(kind), metric.figure().percentile());
        }
        double sum = 0;
        double weights = 0;
        for (RunMeasurement load : loads) {
            if (metric.of(load).isPresent()) {
                sum += load.result().seconds() * metric.of(load).getAsDouble();
                weights += load.result().seconds();
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    /// Returns the operations of a kind per second that a percentile has as samples.
    double samplesPerSecond(OperationKind kind) {
        return reading.seconds() <= 0 ? 0 : reading.latencies(kind).getTotalCount() / reading.seconds();
    }

    /// Returns the trial as a part of the result.
    TriedCandidate tried(Goal goal, MemFuseConfig start, String outcome) {
        Map<String, Double> figures = new LinkedHashMap<>();
        put(figures, goal.objective());
        for (Constraint constraint : goal.constraints()) {
            Metric metric = constraint.metric();
            if (metric != null) {
                put(figures, metric);
            }
        }
        return new TriedCandidate(candidate.number(), candidate.origin(), candidate.changes(start), loads.size(),
                reading.seconds(), figures, ended.orElse(outcome));
    }

    private void put(Map<String, Double> figures, Metric metric) {
        double value = value(metric);
        if (Double.isFinite(value)) {
            figures.put(metric.name(), value);
        }
    }
}
