package dev.memfuse.console.chart.data;

import java.util.Arrays;
import java.util.List;

import dev.memfuse.metrics.slice.LatencyGrid;

/// How many values a second fall into each cell of time and logarithm of latency. Reused for each redraw. Not
/// thread-safe.
public final class HeatGrid {
    private static final double NANOS_PER_MS = 1e6;

    private int columns;
    private int rows;
    private double[] rates = new double[0];
    private double[] seconds = new double[0];
    private final int[] rowOfBucket = new int[LatencyGrid.SIZE];
    private double lowest;
    private double highest;

    /// Creates an empty grid.
    public HeatGrid() {}

    /// Counts the values of a span.
    ///
    /// @param source in any order
    /// @param columnCount number of columns, each as wide in time
    /// @param rowCount number of rows; the first one is the uppermost
    /// @param range latencies in milliseconds, from the lower end of the last row to the upper end of the first; values
    ///        beyond it count in the nearest row
    public void fill(List<HeatColumn> source, Span span, int columnCount, int rowCount, PlotRange range) {
        prepare(columnCount, rowCount, range);
        for (HeatColumn column : source) {
            int first = Math.max(0, place(column.from(), span));
            int end = Math.min(columns, place(column.to(), span));
            // A span narrower than a column belongs to the column of its begin.
            end = Math.max(end, Math.min(columns, first + 1));
            if (column.to() <= span.from() || column.from() >= span.to()) {
                continue;
            }
            for (int x = first; x < end; x++) {
                add(column, x);
            }
        }
        divide();
    }

    private void prepare(int columnCount, int rowCount, PlotRange range) {
        if (rates.length != columnCount * rowCount) {
            rates = new double[columnCount * rowCount];
            seconds = new double[columnCount];
        }
        columns = columnCount;
        rows = rowCount;
        Arrays.fill(rates, 0);
        Arrays.fill(seconds, 0);
        double bottom = Math.log(range.min());
        double height = Math.log(range.max()) - bottom;
        for (int bucket = 0; bucket < rowOfBucket.length; bucket++) {
            double share = (Math.log(Math.max(LatencyGrid.middle(bucket), 1) / NANOS_PER_MS) - bottom) / height;
            rowOfBucket[bucket] = Math.clamp((int) Math.floor((1 - share) * rows), 0, rows - 1);
        }
    }

    private int place(long millis, Span span) {
        return (int) Math.floor((millis - span.from()) * (double) columns / span.length());
    }

    private void add(HeatColumn column, int x) {
        seconds[x] += column.seconds();
        column.times().forEach((bucket, count) -> rates[x * rows + rowOfBucket[bucket]] += count);
    }

    private void divide() {
        lowest = Double.NaN;
        highest = Double.NaN;
        for (int x = 0; x < columns; x++) {
            for (int y = 0; y < rows; y++) {
                double count = rates[x * rows + y];
                if (count > 0 && seconds[x] > 0) {
                    double rate = count / seconds[x];
                    rates[x * rows + y] = rate;
                    lowest = rate < lowest || Double.isNaN(lowest) ? rate : lowest;
                    highest = rate > highest || Double.isNaN(highest) ? rate : highest;
                }
            }
        }
    }

    /// Returns the number of columns.
    public int columns() {
        return columns;
    }

    /// Returns the number of rows.
    public int rows() {
        return rows;
    }

    /// Returns the values a second of a cell; 0 for an empty one.
    public double rate(int column, int row) {
        return rates[column * rows + row];
    }

    /// Returns the smallest rate above 0; `NaN` without values.
    public double lowest() {
        return lowest;
    }

    /// Returns the largest rate; `NaN` without values.
    public double highest() {
        return highest;
    }

    /// Returns the place of a rate between the smallest and the largest one on a logarithmic scale, 0..1.
    public double level(double rate) {
        return highest > lowest ? Math.clamp(Math.log(rate / lowest) / Math.log(highest / lowest), 0, 1) : 1;
    }
}
