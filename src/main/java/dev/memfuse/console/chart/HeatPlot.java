package dev.memfuse.console.chart;

import java.util.List;

import javafx.scene.paint.Color;

import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.chart.data.HeatGrid;
import dev.memfuse.console.chart.data.PlotRange;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.slice.LatencyGrid;

/// The cells of a heat map and their axes. The axis of latency is logarithmic. FX thread only.
final class HeatPlot extends PlotSurface {
    /// Height of a cell in pixels.
    private static final double CELL = 4;
    private static final double NANOS_PER_MS = 1e6;

    private final HeatGrid grid = new HeatGrid();
    private final HeatRenderer renderer = new HeatRenderer(grid);
    private final LineDataSet extent;
    private PlotRange range = PlotRange.UNIT;

    HeatPlot(ChartSpec spec) {
        super(spec);
        values.logarithmic(true);
        extent = new LineDataSet(spec.id());
        renderer.getDatasets().add(extent);
        chart().getRenderers().setAll(renderer);
    }

    HeatGrid grid() {
        return grid;
    }

    /// Shows the cells of a span.
    ///
    /// @param colours from the rarest to the most frequent
    void show(List<HeatColumn> columns, Span span, List<Color> colours) {
        range = range.adaptedTo(fitting(columns));
        int width = (int) Math.max(1, canvas().getWidth());
        int rows = (int) Math.max(1, canvas().getHeight() / CELL);
        grid.fill(columns, span, width, rows, range);
        renderer.colours(colours);
        renderer.paint();
        show(span, range);
        extent.changed();
    }

    private static PlotRange fitting(List<HeatColumn> columns) {
        int[] ends = {LatencyGrid.SIZE, -1};
        for (HeatColumn column : columns) {
            column.times().forEach((bucket, _) -> {
                ends[0] = Math.min(ends[0], bucket);
                ends[1] = Math.max(ends[1], bucket);
            });
        }
        return ends[1] < 0
                ? PlotRange.logarithmic(Double.NaN, Double.NaN)
                : PlotRange.logarithmic(Math.max(1, LatencyGrid.from(ends[0])) / NANOS_PER_MS,
                        LatencyGrid.from(ends[1] + 1) / NANOS_PER_MS);
    }
}
