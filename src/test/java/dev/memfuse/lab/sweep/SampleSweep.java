package dev.memfuse.lab.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.metrics.stats.ScalabilityFit;
import dev.memfuse.metrics.stats.UniversalScalability;
import org.jspecify.annotations.Nullable;

/// Sweeps whose throughput follows the Universal Scalability Law with noise, analysed as real ones.
public final class SampleSweep {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");
    private static final int CALLERS = 16;
    private static final int ROUNDS = 2;

    private SampleSweep() {}

    /// Returns the point of a value.
    ///
    /// @param measuredWrong whether its latency disagrees with its throughput
    private static SweepPoint point(double value, Random random, boolean measuredWrong) {
        List<Double> throughputs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            throughputs.add(180 * value / (1 + 0.08 * (value - 1) + 0.004 * value * (value - 1))
                    * Math.exp(random.nextGaussian() * 0.03));
        }
        double throughput = throughputs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double mean = 1_000 * CALLERS / throughput;
        Map<String, Percentiles> latencies = new LinkedHashMap<>();
        latencies.put("add", new Percentiles(mean, mean * 0.9, mean * 1.6, mean * 2, mean * 3.1, mean * 5, mean * 9));
        latencies.put("query", new Percentiles(mean, mean * 0.8, mean * 1.4, mean * 1.9, mean * 2.8, mean * 4,
                mean * 6));
        return new SweepPoint(value, throughput, throughputs, latencies, Map.of("add", 3_200L, "query", 1_600L),
                LittlesLaw.check(CALLERS, throughput, measuredWrong ? mean * 1.4 : mean, LittlesLaw.TOLERANCE),
                List.of());
    }

    /// Returns points.
    ///
    /// @param wrong value whose latency disagrees with its throughput; null for none
    public static List<SweepPoint> points(List<Double> values, @Nullable Double wrong) {
        Random random = new Random(5);
        return values.stream().map(value -> point(value, random, value.equals(wrong))).toList();
    }

    /// Returns the points of a grid, in which more of the second parameter helps a little.
    public static List<SweepPoint> grid(List<Double> values, List<Double> seconds) {
        Random random = new Random(5);
        List<SweepPoint> points = new ArrayList<>();
        for (double value : values) {
            for (double second : seconds) {
                SweepPoint point = point(value * (1 + second / 40), random, false);
                points.add(new SweepPoint(value, point.throughputPerS(), point.throughputs(), point.latencyMs(),
                        point.samples(), point.littlesLaw(), point.problems(), second));
            }
        }
        return List.copyOf(points);
    }

    /// Returns the result of a grid.
    public static SweepResult gridResult(SweepPlan plan) {
        SweepDimension second = Objects.requireNonNull(plan.second());
        List<SweepPoint> points = grid(plan.values(), second.values());
        return new SweepResult(1, START, false, plan.parameter(), SweepAnalysis.sentence(plan, points), points, null,
                "it is a law of one parameter, and this is a grid of two.", List.of(),
                Map.of("loads", points.size() * ROUNDS + " of " + points.size() * ROUNDS), Map.of("java", "25"),
                second.parameter());
    }

    /// Returns the result of a sweep.
    ///
    /// @param wrong value whose latency disagrees with its throughput; null for none
    public static SweepResult result(String parameter, List<Double> values, @Nullable Double wrong) {
        List<SweepPoint> points = points(values, wrong);
        ScalabilityFit fit = SweepAnalysis.fit(points);
        Map<String, String> design = new LinkedHashMap<>();
        design.put("loads", values.size() * ROUNDS + " of " + values.size() * ROUNDS + ", 2 rounds in random order");
        design.put("load", "5.00 s measured after 2.00 s of settle time, with users of its own");
        return new SweepResult(1, START, false, parameter, SweepAnalysis.sentence(parameter, points), points,
                fit instanceof UniversalScalability law ? SweepAnalysis.law(law, points) : null,
                fit instanceof ScalabilityFit.Refused refused ? refused.reason() : "",
                SweepAnalysis.problems(points, point -> parameter + " " + SweepValues.text(point.value())), design,
                Map.of("java", "25"));
    }
}
