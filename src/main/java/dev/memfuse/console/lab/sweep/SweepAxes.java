package dev.memfuse.console.lab.sweep;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

import dev.memfuse.lab.sweep.SweepPoint;
import org.jspecify.annotations.Nullable;

/// The parameters of a sweep as axes of its plots. Of a grid, the parameter with more values lies on the axis; the
/// other one has a curve for each of its values.
///
/// @param parameter the first parameter
/// @param second the second parameter; null for one parameter
/// @param swapped whether the second parameter lies on the axis
record SweepAxes(String parameter, @Nullable String second, boolean swapped) {

    static SweepAxes of(String parameter, @Nullable String second, List<SweepPoint> points) {
        long firsts = points.stream().map(SweepPoint::value).distinct().count();
        long seconds = points.stream().map(SweepPoint::second).filter(Objects::nonNull).distinct().count();
        return new SweepAxes(parameter, second, second != null && seconds > firsts);
    }

    /// Returns the parameter on the axis.
    String horizontal() {
        return swapped && second != null ? second : parameter;
    }

    /// Returns the parameter that has a curve for each of its values.
    String series() {
        return swapped || second == null ? parameter : second;
    }

    /// Returns the value on the axis.
    double across(SweepPoint point) {
        return swapped ? other(point) : point.value();
    }

    private static double other(SweepPoint point) {
        Double value = point.second();
        return value == null ? Double.NaN : value;
    }

    /// Returns the points by the value of their curve and then by that on the axis.
    NavigableMap<Double, NavigableMap<Double, SweepPoint>> table(List<SweepPoint> points) {
        NavigableMap<Double, NavigableMap<Double, SweepPoint>> table = new TreeMap<>();
        points.forEach(point -> table.computeIfAbsent(swapped ? point.value() : other(point), _ -> new TreeMap<>())
                .put(across(point), point));
        return table;
    }
}
