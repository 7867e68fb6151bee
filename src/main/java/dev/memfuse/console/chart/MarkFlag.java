package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
    private static final double STEP = 8;
    private static final Set<EventMark.Kind> WITHOUT_TEXT = Set.of(EventMark.Kind.ALERT, EventMark.Kind.ALERT_END,
            EventMark.Kind.FAULT_END);

    private final Polygon flag;
    private final Rectangle bar = new Rectangle(0, BAR);
    private final boolean below;
    private final @Nullable Label text;
    private String full = "";
    private double fullWidth;
    private double cutAt;
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
                : new Label();
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

    /// Sets the text, which grows with the repetitions of the mark. Called when the nodes are in the scene.
    void show(MarkGroup mark) {
        if (text == null) {
            return;
        }
        String next = mark.isNote() ? mark.text() : MarkText.shortOf(mark.text());
        if (!next.equals(full)) {
            full = next;
            write(full);
            fullWidth = text.getWidth();
            cutAt = fullWidth;
        }
    }

    private void write(String next) {
        Label label = Objects.requireNonNull(text);
        label.setText(next);
        label.applyCss();
        label.autosize();
    }

    boolean hasText() {
        return text != null;
    }

    /// Returns the width of the whole text in pixels; 0 without text.
    double textWidth() {
        return fullWidth;
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

    /// Places the text, cut to its place, or hides it without one.
    void text(Optional<MarkTextSpace.Interval> place) {
        if (text == null) {
            return;
        }
        text.setVisible(place.isPresent());
        place.ifPresent(now -> {
            cut(now.to() - now.from());
            // A cut text is a little narrower than its place: it begins, or ends, at its flag.
            boolean right = now.from() > flag.getLayoutX();
            text.setLayoutX(right ? Math.ceil(now.from()) : Math.ceil(now.to() - text.getWidth()));
        });
    }

    /// Cuts in steps, so that a text is not measured anew with each pixel by which the marks move.
    private void cut(double width) {
        double now = width >= fullWidth ? fullWidth : Math.floor(width / STEP) * STEP;
        if (now == cutAt) {
            return;
        }
        cutAt = now;
        int length = full.codePointCount(0, full.length());
        int kept = now == fullWidth ? length : (int) Math.ceil(length * now / fullWidth);
        do {
            write(MarkText.cut(full, kept--));
        } while (kept > 0 && Objects.requireNonNull(text).getWidth() > now);
    }
}
