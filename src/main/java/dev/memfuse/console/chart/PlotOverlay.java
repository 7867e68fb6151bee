package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javafx.scene.control.Label;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;

/// Crosshair, selection and event marks over the series; they change more often than the series. The span before the
/// selection, with which it is compared, is shaded too.
final class PlotOverlay {
    private final PlotSurface plot;
    private final MarkLines lines = new MarkLines();
    private final WarmupLayer warmups;
    private final ThresholdLayer thresholds;
    private final Line crosshair = new Line();
    private final Label note = new Label();
    private final Rectangle frame = new Rectangle();
    private final Rectangle band = new Rectangle();
    private final Rectangle before = new Rectangle();
    private @Nullable Span selected;
    private ShownMarks marks = ShownMarks.NONE;
    private boolean hovered;

    PlotOverlay(PlotSurface plot) {
        this.plot = plot;
        warmups = new WarmupLayer(plot::xOf);
        thresholds = new ThresholdLayer(plot.values);
        crosshair.getStyleClass().add("live-chart-crosshair");
        note.getStyleClass().add("live-chart-note");
        frame.getStyleClass().add("live-chart-frame");
        band.getStyleClass().add("live-chart-selection");
        before.getStyleClass().add("live-chart-before");
        for (Rectangle area : List.of(before, band, frame)) {
            area.setManaged(false);
            area.setMouseTransparent(true);
            area.setVisible(false);
        }
        crosshair.setManaged(false);
        note.setManaged(false);
        plot.foreground().getChildren().addAll(warmups.view(), before, band, thresholds.view(), lines.view(), frame,
                crosshair, note);
        hideCursor();
    }

    /// Shows the marks in a span.
    ///
    /// @param now end of what lasts, in milliseconds since the epoch
    void marks(List<EventMark> next, Span span, long now) {
        warmups.show(next, span, plot.canvas().getWidth(), plot.canvas().getHeight());
        marks = ShownMarks.of(next, span, now, plot.canvas().getWidth());
        lines.show(marks, this::xOf, plot.canvas().getHeight());
    }

    /// Shows thresholds on the value axis as it is now.
    void thresholds(List<Threshold> next) {
        thresholds.show(next);
        thresholds.place(plot.canvas().getWidth(), plot.canvas().getHeight());
    }

    /// Returns the texts of the thresholds that are drawn.
    List<String> drawnThresholds() {
        return thresholds.drawn();
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
        Span span = selected;
        if (span != null && (atMillis == span.from() || atMillis == span.to())) {
            return TimeAxis.clock(span.from()) + " to " + TimeAxis.clock(span.to()) + ", "
                    + Formats.duration(Duration.ofMillis(span.length()));
        }
        List<MarkGroup> here = marks.allAt(x, this::xOf);
        return here.isEmpty()
                ? TimeAxis.clock(atMillis) + (warmups.contains(atMillis) ? "  warm-up" : "")
                : TimeAxis.clock(here.getFirst().from().toEpochMilli()) + "  "
                        + here.stream().map(MarkGroup::described).collect(Collectors.joining(" · "));
    }

    /// Returns the begin of the mark at a position.
    Optional<Instant> markAt(double x) {
        return marks.at(x, this::xOf).map(MarkGroup::from);
    }

    void hideCursor() {
        crosshair.setVisible(false);
        note.setVisible(false);
    }

    /// Shows the selection and the span before it; null hides both.
    void selection(@Nullable Span next) {
        selected = next;
        band.setVisible(next != null);
        before.setVisible(next != null);
        if (next != null) {
            place(band, plot.xOf(next.from()), plot.xOf(next.to()));
            place(before, plot.xOf(next.from() - next.length()), plot.xOf(next.from()));
        }
    }

    /// Shows a frame between two positions.
    void frame(double oneX, double otherX) {
        place(frame, Math.min(oneX, otherX), Math.max(oneX, otherX));
        frame.setVisible(true);
    }

    void hideFrame() {
        frame.setVisible(false);
    }

    private void place(Rectangle area, double from, double to) {
        double left = Math.clamp(from, 0, plot.canvas().getWidth());
        area.setX(left);
        area.setWidth(Math.clamp(to, 0, plot.canvas().getWidth()) - left);
        area.setY(0);
        area.setHeight(plot.canvas().getHeight());
    }
}
