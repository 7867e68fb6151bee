package dev.memfuse.console.chart;

import java.util.List;
import java.util.Set;

/// What a chart shows.
///
/// @param id stable short name, used in style classes and file names
/// @param title the heading
/// @param unit the unit of all its values, written on the axis and beside each value
/// @param type how the series are drawn
/// @param series names of the series, in the order of the legend; at most 9, the number of colours
/// @param limits the series that are bounds of the others and not measured: thin, muted, without shapes
public record ChartSpec(String id, String title, String unit, Type type, List<String> series, Set<String> limits) {
    /// The number of series that can be told apart.
    public static final int MAX_SERIES = 9;

    public ChartSpec {
        series = List.copyOf(series);
        limits = Set.copyOf(limits);
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException("A chart has 1 to " + MAX_SERIES + " series, not " + series.size());
        }
    }

    /// A chart of measured values only.
    public ChartSpec(String id, String title, String unit, Type type, List<String> series) {
        this(id, title, unit, type, series, Set.of());
    }

    /// Whether the series with this index is a bound of the others.
    boolean isLimit(int index) {
        return limits.contains(series.get(index));
    }

    /// The same under another title.
    public ChartSpec titled(String other) {
        return new ChartSpec(id, other, unit, type, series, limits);
    }

    /// The ways of drawing.
    public enum Type {
        /// Each series is a line of its own.
        LINES,
        /// Each series is an area on top of the one before; the upper edge is the total.
        STACK
    }
}
