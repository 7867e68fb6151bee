package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javafx.geometry.Dimension2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;

import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;

/// The nodes of one group of marks: a flag at the upper edge, that of a note at the lower one, a bar for what lasts,
/// and a short text, except for alerts, which may be many.
final class MarkFlag {
    private static final double BAR = 3;
    private static final Set<EventMark.Kind> WITHOUT_TEXT = Set.of(EventMark.Kind.ALERT, EventMark.Kind.ALERT_END,
            EventMark.Kind.FAULT_END);

    private final Polygon flag;
    private final Rectangle bar = new Rectangle(0, BAR);
    private final boolean below;
    private final @Nullable Label text;
    private final List<Node> nodes = new ArrayList<>();

    MarkFlag(MarkGroup mark) {
        String kind = mark.kind().name().toLowerCase(Locale.ROOT);
        flag = MarkLegend.flag(mark.kind());
        below = mark.isNote();
        // Above the texts of other marks.
        flag.setViewOrder(-1);
        bar.getStyleClass().addAll("live-chart-bar", kind);
        nodes.add(bar);
        text = WITHOUT_TEXT.contains(mark.kind())
                ? null
                : new Label(
                        mark.isNote() ? MarkText.cut(mark.text()) : MarkText.shortOf(mark.text()));
        nodes.add(flag);
        if (text != null) {
            text.getStyleClass().addAll("live-chart-mark-text", kind);
            nodes.add(text);
        }
        // Moving an unmanaged node triggers no layout.
        nodes.forEach(node -> node.setManaged(false));
    }

    List<Node> nodes() {
        return nodes;
    }

    /// Measures the text. Called once, when the nodes are in the scene.
    void measure() {
        if (text != null) {
            text.applyCss();
            text.autosize();
        }
    }

    /// Returns the width of the text in pixels; 0 without text.
    double textWidth() {
        return text == null ? 0 : text.getWidth();
    }

    /// Places the nodes.
    ///
    /// @param x position of the begin in pixels from the left
    /// @param end position of the end
    /// @param size size of the lane; the flag of a note is at its lower edge, so that it hides no other
    void place(double x, double end, Dimension2D size) {
        double left = Math.max(0, x);
        bar.setX(left);
        bar.setWidth(Math.max(0, Math.min(size.getWidth(), end) - left));
        flag.setVisible(x >= 0);
        flag.setLayoutX(x);
        flag.setLayoutY(below ? Math.max(0, size.getHeight() - MarkLegend.NOTE_HEIGHT) : 0);
    }

    /// Places the text at `left`, or hides it for `NaN`.
    void text(double left) {
        if (text != null) {
            text.setVisible(!Double.isNaN(left));
            text.setLayoutX(Double.isNaN(left) ? 0 : Math.ceil(left));
        }
    }
}
