package dev.memfuse.lab.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.metrics.stats.ScalabilityFit;
import dev.memfuse.metrics.stats.UniversalScalability;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Computes points, law and sentences of a sweep from its loads.
final class SweepAnalysis {
    private static final double ALPHA = 0.05;
    private static final double ENOUGH = 0.95;
    private static final double NANOS_PER_MS = 1e6;
    /// Mean latency as a share of the measured part beyond which its ends distort the throughput.
    private static final double LONGEST_SHARE = 0.1;

    private SweepAnalysis() {}

    /// Returns the point of a value.
    ///
    /// @param second value of the second parameter; null for one parameter
    /// @param rounds its loads, at least one
    static SweepPoint point(double value, @Nullable Double second, List<RunMeasurement> rounds) {
        List<Double> throughputs = rounds.stream().map(round -> round.result().throughputPerS()).toList();
        double throughput = throughputs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        Map<String, Percentiles> latencies = new LinkedHashMap<>();
        Map<String, Long> samples = new LinkedHashMap<>();
        Histogram all = new Histogram(3);
        rounds.getFirst().latencies().keySet().forEach(kind -> {
            Histogram sum = new Histogram(3);
            rounds.forEach(round -> {
                Histogram one = round.latencies().get(kind);
                if (one != null) {
                    sum.add(one);
                }
            });
            all.add(sum);
            latencies.put(kind.label(), Percentiles.of(sum));
            samples.put(kind.label(), sum.getTotalCount());
        });
        Workload load = rounds.getFirst().workload();
        List<String> problems = new ArrayList<>(problems(rounds));
        boolean edges = closedWithoutPauses(load) && all.getMean() > LONGEST_SHARE * load.duration().toNanos();
        if (edges) {
            problems.add(String.format(Locale.ROOT, "Operations take %s on average, too long for loads of %s: what is "
                    + "in flight at both ends distorts the throughput; give the loads more time.",
                    Numbers.ms(all.getMean() / NANOS_PER_MS), Numbers.seconds(load.duration().toMillis() / 1e3)));
        }
        return new SweepPoint(value, throughput, throughputs, latencies, samples,
                edges ? null : law(load, throughput, all), problems, second);
    }

    private static boolean closedWithoutPauses(Workload load) {
        return load.arrival() instanceof Arrival.Closed closed && closed.thinkTime().isZero();
    }

    /// Checks a closed load, whose operations in flight are known, against its throughput and mean latency.
    private static @Nullable LittlesLaw law(Workload load, double throughput, Histogram latencies) {
        return load.arrival() instanceof Arrival.Closed closed && closedWithoutPauses(load)
                ? LittlesLaw.check(closed.concurrency(), throughput, latencies.getMean() / NANOS_PER_MS,
                        LittlesLaw.TOLERANCE)
                : null;
    }

    private static List<String> problems(List<RunMeasurement> rounds) {
        Set<String> problems = new LinkedHashSet<>();
        for (RunMeasurement round : rounds) {
            if (round.result().verdict().outcome() != Verdict.Outcome.GOOD) {
                problems.add(round.result().verdict().reasons().getFirst().sentence());
            }
        }
        return List.copyOf(problems);
    }

    /// Returns what limits the figures of all points.
    ///
    /// @param describe returns a point in words
    static List<String> problems(List<SweepPoint> points, Function<SweepPoint, String> describe) {
        List<String> problems = new ArrayList<>();
        for (SweepPoint point : points) {
            LittlesLaw law = point.littlesLaw();
            if (law != null && !law.agrees()) {
                problems.add(at(point, describe) + law.sentence());
            }
            point.problems().forEach(problem -> problems.add(at(point, describe) + problem));
        }
        return List.copyOf(problems);
    }

    private static String at(SweepPoint point, Function<SweepPoint, String> describe) {
        return "At " + describe.apply(point) + ": ";
    }

    /// Fits the law to the throughput of every round.
    static ScalabilityFit fit(List<SweepPoint> points) {
        double[] levels = points.stream().flatMapToDouble(
                point -> point.throughputs().stream().mapToDouble(_ -> point.value())).toArray();
        double[] throughputs = points.stream()
                .flatMapToDouble(point -> point.throughputs().stream().mapToDouble(Double::doubleValue)).toArray();
        return UniversalScalability.fit(levels, throughputs, ALPHA);
    }

    /// Returns the law as a part of the result.
    static SweepResult.Law law(UniversalScalability fit, List<SweepPoint> points) {
        Interval knee = fit.knee().isPresent() ? fit.kneeInterval() : null;
        return new SweepResult.Law(fit.rate(), fit.contention(), fit.coherency(), knee, fit.misfit(),
                points.stream().map(point -> fit.throughput(point.value())).toList());
    }

    /// Returns the finding: the best point of a grid, or that of one parameter.
    static String sentence(SweepPlan plan, List<SweepPoint> points) {
        if (plan.second() == null) {
            return sentence(plan.parameter(), points);
        }
        SweepPoint best = points.stream().max(Comparator.comparingDouble(SweepPoint::throughputPerS)).orElseThrow();
        return String.format(Locale.ROOT, "The largest throughput is %s/s at %s.",
                Numbers.rate(best.throughputPerS()), plan.describe(best.value(), best.second()));
    }

    /// Returns the finding: the best measured value, and the smallest that is nearly as good.
    static String sentence(String parameter, List<SweepPoint> points) {
        SweepPoint best = points.stream().max(Comparator.comparingDouble(SweepPoint::throughputPerS)).orElseThrow();
        SweepPoint enough = points.stream()
                .filter(point -> point.throughputPerS() >= ENOUGH * best.throughputPerS()).findFirst().orElse(best);
        String peak = String.format(Locale.ROOT, "The largest throughput is %s/s at %s %s",
                Numbers.rate(best.throughputPerS()), parameter, SweepValues.text(best.value()));
        return enough.value() < best.value()
                ? String.format(Locale.ROOT, "%s; %s already gives %.0f %% of it.", peak,
                        SweepValues.text(enough.value()),
                        100 * enough.throughputPerS() / best.throughputPerS())
                : peak + ".";
    }
}
