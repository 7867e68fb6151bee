package dev.memfuse.console.chart;

import java.util.List;

/// What a chart shows.
///
/// @param id stable short name, used in style classes and file names
/// @param title the heading
/// @param unit the unit of all its values, written on the axis and beside each value
/// @param kind how the series are drawn
/// @param series names of the series, in the order of the legend; at most 9, the number of colours
public record ChartSpec(String id, String title, String unit, Kind kind, List<String> series) {
    /// The number of series that can be told apart.
    public static final int MAX_SERIES = 9;

    public ChartSpec {
        series = List.copyOf(series);
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException("A chart has 1 to " + MAX_SERIES + " series, not " + series.size());
        }
    }

    /// The same under another title.
    public ChartSpec titled(String other) {
        return new ChartSpec(id, other, unit, kind, series);
    }

    /// The ways of drawing.
    public enum Kind {
        /// Each series is a line of its own.
        LINES,
        /// Each series is an area on top of the one before; the upper edge is the total.
        STACK
    }
}
