package dev.memfuse.console.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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
/// @param agrees whether Little's law holds at each value of each curve; also true where it was not checked
/// @param law the fitted law of the first curve; null for none
/// @param texts each value of the parameter with its figures in words
record SweepCurves(String unit, List<Double> parameter, List<Curve> curves, List<List<Boolean>> agrees,
        SweepResult.@Nullable Law law, List<String> texts) {
    /// Nothing was measured.
    static final SweepCurves NONE = new SweepCurves("", List.of(), List.of(), List.of(), null, List.of());
    private static final double[] PERCENTILES = {50, 95, 99};
    private static final int COLOURS = 8;

    /// Values above those of the parameter.
    ///
    /// @param name name for the legend
    /// @param styleClass style classes of its line and its points
    /// @param values NaN where nothing was measured
    /// @param joined whether a line joins the points
    record Curve(String name, String styleClass, List<Double> values, boolean joined) {}

    /// Returns the throughput above the parameter: one curve, or one for each value of the second parameter.
    static SweepCurves throughput(SweepAxes axes, List<SweepPoint> points, SweepResult.@Nullable Law law) {
        if (axes.second() != null) {
            return grid(axes, points, "/s", SweepPoint::throughputPerS,
                    point -> Numbers.rate(point.throughputPerS()) + "/s", true);
        }
        List<String> texts = points.stream().map(point -> String.format(Locale.ROOT, "At %s %s: %s/s. %s",
                axes.parameter(), SweepValues.text(point.value()), Numbers.rate(point.throughputPerS()),
                point.littlesLaw() == null ? "Little's law was not checked." : point.littlesLaw().sentence())).toList();
        return new SweepCurves("/s", values(points, SweepPoint::value),
                List.of(new Curve("", "throughput", values(points, SweepPoint::throughputPerS), law == null)),
                List.of(points.stream().map(SweepCurves::agrees).toList()), law, texts);
    }

    /// Returns the latency of an operation above the parameter: three percentiles, or the median for each value of the
    /// second parameter.
    static SweepCurves latency(SweepAxes axes, List<SweepPoint> points, String operation) {
        if (axes.second() != null) {
            return grid(axes, points, "ms", point -> latency(point, operation).p50(),
                    point -> "p50 " + Numbers.percentile(point.samples().getOrDefault(operation, 0L), 50,
                            latency(point, operation).p50()) + " ms",
                    false);
        }
        List<Curve> curves = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            curves.add(new Curve(Percentiles.name(percentile), Percentiles.name(percentile),
                    values(points, point -> latency(point, operation).at(percentile)), true));
        }
        List<String> texts = points.stream().map(point -> {
            long samples = point.samples().getOrDefault(operation, 0L);
            List<String> parts = new ArrayList<>();
            for (double percentile : PERCENTILES) {
                parts.add(Percentiles.name(percentile) + " "
                        + Numbers.percentile(samples, percentile, latency(point, operation).at(percentile)) + " ms");
            }
            return String.format(Locale.ROOT, "At %s %s: %s of %s.", axes.parameter(),
                    SweepValues.text(point.value()), String.join(", ", parts), Numbers.count(samples, operation));
        }).toList();
        return new SweepCurves("ms", values(points, SweepPoint::value), curves,
                curves.stream().map(_ -> points.stream().map(_ -> true).toList()).toList(), null, texts);
    }

    /// Returns a curve for each value of the parameter that has fewer of them.
    private static SweepCurves grid(SweepAxes axes, List<SweepPoint> points, String unit,
            ToDoubleFunction<SweepPoint> value, Function<SweepPoint, String> text, boolean checked) {
        NavigableMap<Double, NavigableMap<Double, SweepPoint>> table = axes.table(points);
        List<Double> across = points.stream().map(axes::across).distinct().sorted().toList();
        List<Curve> curves = new ArrayList<>();
        List<List<Boolean>> agrees = new ArrayList<>();
        table.forEach((series, row) -> {
            curves.add(new Curve(shortOf(axes.series()) + " " + SweepValues.text(series), style(curves.size()),
                    across.stream().map(x -> at(row.get(x), value)).toList(), true));
            agrees.add(across.stream().map(x -> !checked || row.get(x) == null || agrees(row.get(x))).toList());
        });
        List<String> texts = across.stream().map(x -> String.format(Locale.ROOT, "At %s %s: %s.", axes.horizontal(),
                SweepValues.text(x), table.entrySet().stream().filter(row -> row.getValue().containsKey(x))
                        .map(row -> text.apply(row.getValue().get(x)) + " with " + SweepValues.text(row.getKey()))
                        .collect(Collectors.joining(", "))))
                .toList();
        return new SweepCurves(unit, across, curves, agrees, null, texts);
    }

    private static double at(@Nullable SweepPoint point, ToDoubleFunction<SweepPoint> value) {
        return point == null ? Double.NaN : value.applyAsDouble(point);
    }

    /// Returns the last part of a key.
    private static String shortOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /// Eight colours, then the same dashed.
    private static String style(int index) {
        return "grid-" + (index % COLOURS + 1) + (index < COLOURS ? "" : " dashed");
    }

    private static Percentiles latency(SweepPoint point, String operation) {
        return point.latencyMs().getOrDefault(operation, Percentiles.NONE);
    }

    private static List<Double> values(List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
        return points.stream().map(value::applyAsDouble).toList();
    }

    private static boolean agrees(SweepPoint point) {
        return point.littlesLaw() == null || point.littlesLaw().agrees();
    }
}
