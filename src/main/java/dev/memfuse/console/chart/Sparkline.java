package dev.memfuse.console.chart;

import java.util.List;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;

import dev.memfuse.console.chart.data.Polyline;
import dev.memfuse.console.chart.data.Reduction;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;

/// A small line without axes: the course of one figure in a span of time, from zero to its highest value. FX thread
/// only.
///
/// A chart of the library has axes, grids and layers, which cost more than all pixels of this line.
public final class Sparkline extends Region {
    private static final double MILLIS = 1_000;
    /// Part of the height that stays free above the highest value, for the width of the line.
    private static final double MARGIN = 1.5;
    private static final double FILL = 0.12;

    private final Canvas canvas = new Canvas();
    /// Has the colour of the line from the style sheet; never drawn.
    private final Line style = new Line();
    private final Polyline line = new Polyline();
    private Span span = new Span(0, 1);

    public Sparkline() {
        getStyleClass().add("sparkline");
        style.getStyleClass().add("sparkline-line");
        style.setVisible(false);
        style.setManaged(false);
        canvas.setManaged(false);
        setMouseTransparent(true);
        setMinWidth(0);
        getChildren().addAll(style, canvas);
        style.strokeProperty().addListener((_, _, _) -> draw());
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            draw();
        }
    }

    /// Shows the sum of some series in a span.
    public void show(SampleRing samples, List<Integer> series, Span shown) {
        span = shown;
        Reduction.sum(samples, series, shown, Math.max(1, (int) canvas.getWidth()), line);
        draw();
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        double highest = line.highest();
        if (canvas.getWidth() < 2 || Double.isNaN(highest)) {
            return;
        }
        graphics.setStroke(style.getStroke());
        graphics.setFill(style.getStroke());
        graphics.setLineWidth(style.getStrokeWidth());
        int from = 0;
        for (int i = 0; i <= line.size(); i++) {
            if (i == line.size() || Double.isNaN(line.y(i))) {
                draw(graphics, from, i, highest);
                from = i + 1;
            }
        }
    }

    private void draw(GraphicsContext graphics, int from, int to, double highest) {
        int points = to - from;
        if (points <= 0) {
            return;
        }
        double[] xs = new double[points + 2];
        double[] ys = new double[points + 2];
        for (int i = 0; i < points; i++) {
            xs[i] = x(line.x(from + i));
            ys[i] = y(line.y(from + i), highest);
        }
        graphics.strokePolyline(xs, ys, points);
        xs[points] = xs[points - 1];
        ys[points] = canvas.getHeight();
        xs[points + 1] = xs[0];
        ys[points + 1] = canvas.getHeight();
        graphics.setGlobalAlpha(FILL);
        graphics.fillPolygon(xs, ys, points + 2);
        graphics.setGlobalAlpha(1);
    }

    private double x(double seconds) {
        return (seconds * MILLIS - span.from()) / span.length() * canvas.getWidth();
    }

    private double y(double value, double highest) {
        double share = highest > 0 ? value / highest : 0;
        return canvas.getHeight() - MARGIN / 2 - share * (canvas.getHeight() - MARGIN * 2);
    }

    /// Returns the points of the line, gaps included.
    int points() {
        return line.size();
    }

    /// Returns the highest value; `NaN` without a value in the span.
    public double highest() {
        return line.highest();
    }
}
