package dev.memfuse.console.chart;

import java.util.List;
import java.util.Set;

/// Specification of a chart.
///
/// @param id stable short name, used in style classes and file names
/// @param title the heading
/// @param unit unit of all values, shown on the axis and after each value
/// @param type drawing of the series
/// @param series names of the series, in the order of the legend; at most 12, the number of colours
/// @param limits series that are bounds and not measurements: thin, muted, without shapes
public record ChartSpec(String id, String title, String unit, Type type, List<String> series, Set<String> limits) {
    /// Maximum number of series; each has a distinct colour.
    public static final int MAX_SERIES = 12;

    public ChartSpec {
        series = List.copyOf(series);
        limits = Set.copyOf(limits);
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException("A chart has 1 to " + MAX_SERIES + " series, not " + series.size());
        }
    }

    /// Creates a specification without limits.
    public ChartSpec(String id, String title, String unit, Type type, List<String> series) {
        this(id, title, unit, type, series, Set.of());
    }

    /// Returns whether the series at an index is a limit.
    boolean isLimit(int index) {
        return limits.contains(series.get(index));
    }

    /// Returns this specification with another title.
    public ChartSpec titled(String other) {
        return new ChartSpec(id, other, unit, type, series, limits);
    }

    /// Drawing of the series.
    public enum Type {
        /// One line per series.
        LINES,
        /// One area per series on top of the previous one; the upper edge is the total.
        STACK
    }
}
