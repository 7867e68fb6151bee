package dev.memfuse.lab.sweep;

import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// What was measured at one value of the parameter, over all rounds.
///
/// @param value of the parameter
/// @param throughputPerS successful operations per second, mean of the rounds
/// @param throughputs the same of each round
/// @param latencyMs by operation, of the sum of the rounds' histograms
/// @param samples by operation, the number of samples of the percentiles
/// @param littlesLaw check of throughput and latency against the operations in flight; null for an open load, and when
///        a load was too short for its latency
/// @param problems sentences of the verdicts on its loads that are not good, each once
/// @param second value of the second parameter of a grid; null for one parameter
public record SweepPoint(double value, double throughputPerS, List<Double> throughputs,
        Map<String, Percentiles> latencyMs, Map<String, Long> samples, @Nullable LittlesLaw littlesLaw,
        List<String> problems, @Nullable Double second) {

    /// Creates the point of a sweep over one parameter.
    public SweepPoint(double value, double throughputPerS, List<Double> throughputs,
            Map<String, Percentiles> latencyMs, Map<String, Long> samples, @Nullable LittlesLaw littlesLaw,
            List<String> problems) {
        this(value, throughputPerS, throughputs, latencyMs, samples, littlesLaw, problems, null);
    }
}
