package dev.memfuse.console.chart;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

import javafx.scene.canvas.GraphicsContext;

import dev.memfuse.console.chart.data.Polyline;
import io.fair_acc.chartfx.renderer.spi.AbstractRendererXY;
import io.fair_acc.chartfx.ui.css.DataSetNode;
import io.fair_acc.dataset.DataSet;
import org.jspecify.annotations.Nullable;

/// Draws [LineDataSet]s as lines or as stacked areas, with shapes along each so that series differ not only by colour.
/// Draws nothing else, to be cheap.
final class SeriesRenderer extends AbstractRendererXY<SeriesRenderer> {
    private static final double SHAPE_DISTANCE = 84;
    private static final double SHAPE_RADIUS = 3;
    private static final double EDGE = 6;
    private static final double MIN_SHAPE_HEIGHT = 11;
    private static final double SINGLE_POINT_RADIUS = 1.5;

    private static final double ROUGH_ALPHA = 0.55;

    private static final double PEAK_RADIUS = 4;
    private static final double PEAK_DISTANCE = 9;

    /// Thin, so that it is not taken for a rough series, which is pale too.
    private static final double BENEATH_WIDTH = 0.5;
    private static final double BENEATH_ALPHA = 0.65;

    private final ChartSpec spec;
    private final BooleanSupplier stacked;
    private List<Polyline> beneath = List.of();
    private IntPredicate rough = _ -> false;
    private double[] xs = new double[256];
    private double[] ys = new double[256];

    /// @param stacked returns whether the lines are the upper edges of areas
    SeriesRenderer(ChartSpec spec, BooleanSupplier stacked) {
        this.spec = spec;
        this.stacked = stacked;
    }

    /// Sets the series whose lines are pale.
    void rough(IntPredicate next) {
        rough = next;
    }

    /// Sets lines that are drawn beneath those of the series: thin, pale and without shapes.
    ///
    /// @param next a line for each series, in the same order; no line at all is drawn when it is empty
    void beneath(List<Polyline> next) {
        beneath = next;
    }

    @Override
    protected SeriesRenderer getThis() {
        return this;
    }

    @Override
    protected void render(GraphicsContext context, DataSet dataSet, DataSetNode style) {
        // ChartFX draws the last series first.
        if (style.getLocalIndex() == getDatasets().size() - 1) {
            drawBeneath(context);
        }
        Polyline line = ((LineDataSet) dataSet).line();
        toScreen(line);
        context.save();
        // Borders and shapes of areas have the background colour, which is the marker colour of the style sheet.
        boolean areas = stacked.getAsBoolean();
        context.setStroke(areas ? style.getMarkerColor() : style.getLineColor());
        context.setFill(style.getLineColor());
        context.setLineWidth(areas ? 1 : style.getLineWidth());
        context.setLineJoin(style.getLineJoin());
        if (rough.test(style.getLocalIndex())) {
            // Dashes are expensive in software rendering.
            context.setGlobalAlpha(ROUGH_ALPHA);
        }
        drawRuns(context, line);
        int series = style.getLocalIndex();
        context.setFill(areas ? style.getMarkerColor() : style.getLineColor());
        if (!spec.isLimit(series)) {
            drawShapes(context, line, areas && series > 0 ? lineOf(series - 1) : null, series);
        }
        if (!areas || series == getDatasets().size() - 1) {
            markPeaks(context, line);
        }
        context.restore();
    }

    private void drawBeneath(GraphicsContext context) {
        for (int series = beneath.size() - 1; series >= 0; series--) {
            DataSetNode style = getDatasetNodes().get(series);
            toScreen(beneath.get(series));
            context.save();
            context.setStroke(style.getLineColor());
            context.setFill(style.getLineColor());
            context.setLineWidth(BENEATH_WIDTH * style.getLineWidth());
            context.setLineJoin(style.getLineJoin());
            context.setGlobalAlpha(BENEATH_ALPHA);
            drawRuns(context, beneath.get(series));
            context.restore();
        }
    }

    private void drawRuns(GraphicsContext context, Polyline line) {
        int from = 0;
        for (int i = 0; i <= line.size(); i++) {
            if (i == line.size() || Double.isNaN(line.y(i))) {
                if (i > from) {
                    drawRun(context, from, i);
                }
                from = i + 1;
            }
        }
    }

    private Polyline lineOf(int series) {
        return ((LineDataSet) getDatasets().get(series)).line();
    }

    private void toScreen(Polyline line) {
        if (xs.length < line.size() + 2) {
            xs = Arrays.copyOf(xs, line.size() * 2 + 2);
            ys = Arrays.copyOf(ys, line.size() * 2 + 2);
        }
        for (int i = 0; i < line.size(); i++) {
            xs[i] = xAxis.getDisplayPosition(line.x(i));
            // A logarithmic axis has no place for zero.
            ys[i] = yAxis.getDisplayPosition(Math.max(line.y(i), yAxis.getMin()));
        }
    }

    private void drawRun(GraphicsContext context, int from, int to) {
        int count = to - from;
        if (stacked.getAsBoolean()) {
            fillRun(context, from, to);
        } else if (count == 1) {
            context.fillOval(xs[from] - SINGLE_POINT_RADIUS, ys[from] - SINGLE_POINT_RADIUS, 2 * SINGLE_POINT_RADIUS,
                    2 * SINGLE_POINT_RADIUS);
        } else if (from == 0) {
            context.strokePolyline(xs, ys, count);
        } else {
            context.strokePolyline(Arrays.copyOfRange(xs, from, to), Arrays.copyOfRange(ys, from, to), count);
        }
    }

    private void fillRun(GraphicsContext context, int from, int to) {
        int count = to - from;
        double[] areaX = Arrays.copyOfRange(xs, from, to + 2);
        double[] areaY = Arrays.copyOfRange(ys, from, to + 2);
        double bottom = yAxis.getDisplayPosition(yAxis.getMin());
        areaX[count] = areaX[count - 1];
        areaY[count] = bottom;
        areaX[count + 1] = areaX[0];
        areaY[count + 1] = bottom;
        context.fillPolygon(areaX, areaY, count + 2);
        context.strokePolyline(areaX, areaY, count);
    }

    /// Draws shapes at fixed times, so that they move with the line instead of jumping along it.
    private void drawShapes(GraphicsContext context, Polyline line, @Nullable Polyline below, int series) {
        SeriesShape shape = SeriesShape.of(series);
        double step = stepOfShapes();
        double margin = (xMax - xMin) * EDGE / Math.max(1, xAxis.getLength());
        for (double at = Math.ceil((xMin + margin) / step) * step; at <= xMax - margin; at += step) {
            double y = yAxis.getDisplayPosition(line.heightAt(at));
            if (stacked.getAsBoolean()) {
                double bottom = yAxis.getDisplayPosition(below == null ? yAxis.getMin() : below.heightAt(at));
                y = bottom - y >= MIN_SHAPE_HEIGHT ? (y + bottom) / 2 : Double.NaN;
            }
            if (!Double.isNaN(y)) {
                shape.fill(context, xAxis.getDisplayPosition(at), y, SHAPE_RADIUS);
            }
        }
    }

    /// Draws a triangle at the upper edge for each value above the axis.
    private void markPeaks(GraphicsContext context, Polyline line) {
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < line.size(); i++) {
            if (line.y(i) > yAxis.getMax() && xs[i] - before >= PEAK_DISTANCE) {
                SeriesShape.TRIANGLE.fill(context, xs[i], PEAK_RADIUS + 1, PEAK_RADIUS);
                before = xs[i];
            }
        }
    }

    private double stepOfShapes() {
        double seconds = (xMax - xMin) * SHAPE_DISTANCE / Math.max(1, xAxis.getLength());
        return TimeAxis.stepAtLeast(seconds);
    }
}
