package dev.memfuse.console.chart;

import java.util.List;

import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;

import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.chart.data.HeatGrid;
import dev.memfuse.console.chart.data.PlotRange;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.slice.LatencyGrid;
import io.fair_acc.chartfx.XYChart;
import io.fair_acc.chartfx.ui.geometry.Side;

/// The part of a heat map that ChartFX draws: axes, grid and cells. The axis of latency is logarithmic. FX thread only.
final class HeatPlot implements PlotSurface {
    /// Height of a cell in pixels.
    private static final double CELL = 4;
    private static final double NANOS_PER_MS = 1e6;

    private final TimeAxis times = new TimeAxis();
    private final ValueAxis values;
    private final XYChart chart;
    private final TimeScale scale;
    private final HeatGrid grid = new HeatGrid();
    private final HeatRenderer renderer = new HeatRenderer(grid);
    private final LineDataSet extent;
    private PlotRange range = PlotRange.UNIT;

    HeatPlot(ChartSpec spec) {
        values = new ValueAxis(spec.unit());
        chart = new XYChart(times, values);
        scale = new TimeScale(chart.getCanvas());
        times.setSide(Side.BOTTOM);
        values.setSide(Side.LEFT);
        values.logarithmic(true);
        extent = new LineDataSet(spec.id());
        renderer.getDatasets().add(extent);
        chart.getRenderers().setAll(renderer);
        Plot.disableUnusedFeatures(chart);
    }

    HeatGrid grid() {
        return grid;
    }

    /// Shows the cells of a span.
    ///
    /// @param colours from the rarest to the most frequent
    void show(List<HeatColumn> columns, Span span, List<Color> colours) {
        scale.show(span);
        range = range.adaptedTo(fitting(columns));
        int width = (int) Math.max(1, canvas().getWidth());
        int rows = (int) Math.max(1, canvas().getHeight() / CELL);
        grid.fill(columns, span, width, rows, range);
        renderer.colours(colours);
        renderer.paint();
        times.show(span);
        values.show(range);
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

    @Override
    public XYChart chart() {
        return chart;
    }

    @Override
    public Canvas canvas() {
        return chart.getCanvas();
    }

    @Override
    public Pane foreground() {
        return chart.getCanvasForeground();
    }

    @Override
    public double xOf(long millis) {
        return scale.xOf(millis);
    }

    @Override
    public long timeAt(double x) {
        return scale.timeAt(x);
    }
}
