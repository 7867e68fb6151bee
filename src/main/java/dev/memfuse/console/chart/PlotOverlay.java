package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javafx.scene.control.Label;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;

/// Crosshair, selection and event marks over the series; they change more often than the series.
final class PlotOverlay {
    private static final double NEAR = 6;
    /// Repetitions nearer than this are one group, in pixels.
    private static final double APART = 12;
    /// Of more, the newest are shown.
    private static final int MAX_MARKS = 200;

    private final Plot plot;
    private final MarkLayer layer = new MarkLayer();
    private final WarmupLayer warmups;
    private final Line crosshair = new Line();
    private final Label note = new Label();
    private final Rectangle selection = new Rectangle();
    private List<MarkGroup> marks = List.of();
    private boolean hovered;

    PlotOverlay(Plot plot) {
        this.plot = plot;
        warmups = new WarmupLayer(plot::xOf);
        crosshair.getStyleClass().add("live-chart-crosshair");
        note.getStyleClass().add("live-chart-note");
        selection.getStyleClass().add("live-chart-selection");
        crosshair.setManaged(false);
        selection.setManaged(false);
        note.setManaged(false);
        plot.foreground().getChildren().addAll(warmups.view(), layer.view(), selection, crosshair, note);
        hideCursor();
        selection.setVisible(false);
    }

    /// Shows the marks in a span.
    ///
    /// @param now end of what lasts, in milliseconds since the epoch
    void marks(List<EventMark> next, Span span, long now) {
        warmups.show(next, span, plot.canvas().getWidth(), plot.canvas().getHeight());
        List<EventMark> lines = next.stream().filter(mark -> !WarmupLayer.shades(mark)).toList();
        Duration near = Duration.ofMillis(Math.round(APART * span.length() / Math.max(1, plot.canvas().getWidth())));
        List<MarkGroup> visible = MarkGroup.of(lines, near, Instant.ofEpochMilli(now)).stream()
                .filter(mark -> mark.touches(span)).toList();
        marks = visible.subList(Math.max(0, visible.size() - MAX_MARKS), visible.size());
        layer.show(marks, this::xOf, plot.canvas().getWidth(), plot.canvas().getHeight());
    }

    private double xOf(Instant at) {
        return plot.xOf(at.toEpochMilli());
    }

    /// Sets whether the pointer is over this chart; other charts show the crosshair without text.
    void hovered(boolean now) {
        hovered = now;
    }

    /// Shows the crosshair at an instant, with the time or the text of a nearby mark.
    void cursor(long atMillis) {
        double x = plot.xOf(atMillis);
        if (!(x >= 0 && x <= plot.canvas().getWidth())) {
            hideCursor();
            return;
        }
        crosshair.setStartX(Math.rint(x) + 0.5);
        crosshair.setEndX(Math.rint(x) + 0.5);
        crosshair.setStartY(0);
        crosshair.setEndY(plot.canvas().getHeight());
        crosshair.setVisible(true);
        note.setVisible(hovered);
        if (!hovered) {
            return;
        }
        note.setText(textAt(atMillis, x));
        note.autosize();
        double left = x + 8 + note.getWidth() > plot.canvas().getWidth() ? x - 8 - note.getWidth() : x + 8;
        note.relocate(Math.max(0, Math.rint(left)), 4);
    }

    private String textAt(long atMillis, double x) {
        MarkGroup nearest = null;
        double distance = NEAR;
        for (MarkGroup mark : marks) {
            double away = Math.min(Math.abs(xOf(mark.from()) - x), Math.abs(xOf(mark.to()) - x));
            if (away <= distance) {
                distance = away;
                nearest = mark;
            }
        }
        return nearest == null
                ? TimeAxis.clock(atMillis)
                : TimeAxis.clock(nearest.from().toEpochMilli()) + "  " + nearest.text();
    }

    void hideCursor() {
        crosshair.setVisible(false);
        note.setVisible(false);
    }

    void select(double oneX, double otherX) {
        selection.setX(Math.min(oneX, otherX));
        selection.setWidth(Math.abs(otherX - oneX));
        selection.setY(0);
        selection.setHeight(plot.canvas().getHeight());
        selection.setVisible(true);
    }

    void hideSelection() {
        selection.setVisible(false);
    }
}
