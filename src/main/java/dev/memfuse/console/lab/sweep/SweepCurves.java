package dev.memfuse.console.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepValues;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// What one plot of a sweep shows.
///
/// @param unit unit of the values above the parameter
/// @param parameter values of the parameter, ascending
/// @param curves values above them
/// @param agrees whether Little's law holds at each value; also true where it was not checked
/// @param law the fitted law of the first curve; null for none
/// @param texts each value of the parameter with its figures in words
record SweepCurves(String unit, List<Double> parameter, List<Curve> curves, List<Boolean> agrees,
        SweepResult.@Nullable Law law, List<String> texts) {
    /// Nothing was measured.
    static final SweepCurves NONE = new SweepCurves("", List.of(), List.of(), List.of(), null, List.of());
    private static final double[] PERCENTILES = {50, 95, 99};

    /// Values above those of the parameter.
    ///
    /// @param styleClass style class of its line and its points
    /// @param joined whether a line joins the points
    record Curve(String styleClass, List<Double> values, boolean joined) {}

    /// Returns the throughput above the parameter.
    static SweepCurves throughput(String parameter, List<SweepPoint> points, SweepResult.@Nullable Law law) {
        List<String> texts = points.stream().map(point -> String.format(Locale.ROOT, "At %s %s: %s/s. %s", parameter,
                SweepValues.text(point.value()), Numbers.rate(point.throughputPerS()),
                point.littlesLaw() == null ? "Little's law was not checked." : point.littlesLaw().sentence())).toList();
        return new SweepCurves("/s", values(points, SweepPoint::value),
                List.of(new Curve("throughput", values(points, SweepPoint::throughputPerS), law == null)),
                agreeing(points), law, texts);
    }

    /// Returns three percentiles of an operation above the parameter.
    static SweepCurves latency(String parameter, List<SweepPoint> points, String operation) {
        List<Curve> curves = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            curves.add(new Curve(Percentiles.name(percentile),
                    values(points, point -> latency(point, operation).at(percentile)), true));
        }
        List<String> texts = points.stream().map(point -> {
            long samples = point.samples().getOrDefault(operation, 0L);
            List<String> parts = new ArrayList<>();
            for (double percentile : PERCENTILES) {
                parts.add(Percentiles.name(percentile) + " "
                        + Numbers.percentile(samples, percentile, latency(point, operation).at(percentile)) + " ms");
            }
            return String.format(Locale.ROOT, "At %s %s: %s of %s.", parameter, SweepValues.text(point.value()),
                    String.join(", ", parts), Numbers.count(samples, operation));
        }).toList();
        return new SweepCurves("ms", values(points, SweepPoint::value), curves,
                points.stream().map(_ -> true).toList(), null, texts);
    }

    private static Percentiles latency(SweepPoint point, String operation) {
        return point.latencyMs().getOrDefault(operation, Percentiles.NONE);
    }

    private static List<Double> values(List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
        return points.stream().map(value::applyAsDouble).toList();
    }

    private static List<Boolean> agreeing(List<SweepPoint> points) {
        return points.stream().map(point -> point.littlesLaw() == null || point.littlesLaw().agrees()).toList();
    }
}
