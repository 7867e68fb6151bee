package dev.memfuse.console.chart;

import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;

import dev.memfuse.console.chart.data.PlotRange;
import dev.memfuse.console.chart.data.Span;
import io.fair_acc.chartfx.XYChart;
import io.fair_acc.chartfx.ui.geometry.Side;

/// The part of a chart over time that ChartFX draws: axes and grid, and what a subclass draws between them. FX thread
/// only.
abstract class PlotSurface {
    /// Axis of the values.
    final ValueAxis values;
    private final TimeAxis times = new TimeAxis();
    private final XYChart chart;
    private final TimeScale scale;

    PlotSurface(ChartSpec spec) {
        values = new ValueAxis(spec.unit());
        chart = new XYChart(times, values);
        scale = new TimeScale(chart.getCanvas());
        times.setSide(Side.BOTTOM);
        values.setSide(Side.LEFT);
        disableUnusedFeatures();
    }

    /// Switches off what ChartFX offers and these charts do not use.
    private void disableUnusedFeatures() {
        chart.setAnimated(false);
        chart.setLegendVisible(false);
        // Tab would reach these two panes of each chart, where nothing can be done.
        chart.getMenuPane().setFocusTraversable(false);
        chart.getPlotArea().setFocusTraversable(false);
        chart.getMenuPane().setTop(null);
        chart.getMenuPane().setTriggerDistance(0);
        chart.getGridRenderer().setDrawOnTop(false);
        chart.getGridRenderer().getVerticalMajorGrid().setVisible(true);
        chart.getGridRenderer().getHorizontalMajorGrid().setVisible(true);
    }

    /// Shows a span and a range on the axes with the next frame.
    final void show(Span span, PlotRange range) {
        scale.show(span);
        times.show(span);
        values.show(range);
    }

    /// Returns the axes with the drawing.
    final XYChart chart() {
        return chart;
    }

    /// Returns the drawing.
    final Canvas canvas() {
        return chart.getCanvas();
    }

    /// Returns the layer over the drawing.
    final Pane foreground() {
        return chart.getCanvasForeground();
    }

    /// Returns the position of a time, in milliseconds since the epoch, in pixels from the left.
    final double xOf(long millis) {
        return scale.xOf(millis);
    }

    /// Returns the time at a position.
    final long timeAt(double x) {
        return scale.timeAt(x);
    }
}
