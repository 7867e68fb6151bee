package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;

import dev.memfuse.metrics.EventMark;

/// The moments of marks as lines over one plot; what they are is told by the lane of marks and at the crosshair.
/// Alerts, which may be many, have none. Reuses the line of a visible mark, because new nodes need styling with each
/// redraw.
final class MarkLines {
    private final Pane view = new Pane();
    private final Map<List<Object>, Line> lines = new HashMap<>();

    MarkLines() {
        view.setManaged(false);
        view.setMouseTransparent(true);
    }

    Pane view() {
        return view;
    }

    /// Replaces the visible lines.
    ///
    /// @param xOf position of a time in pixels from the left
    void show(ShownMarks marks, ToDoubleFunction<Instant> xOf, double height) {
        List<MarkGroup> moments = marks.groups().stream().filter(MarkLines::hasLine).toList();
        Set<List<Object>> kept = moments.stream().map(MarkGroup::key).collect(Collectors.toSet());
        lines.entrySet().removeIf(entry -> !kept.contains(entry.getKey())
                && view.getChildren().remove(entry.getValue()));
        for (MarkGroup mark : moments) {
            Line line = lines.computeIfAbsent(mark.key(), _ -> create(mark));
            double x = Math.rint(xOf.applyAsDouble(mark.from())) + 0.5;
            line.setVisible(x >= 0);
            line.setLayoutX(x);
            line.setEndY(height);
        }
    }

    private static boolean hasLine(MarkGroup mark) {
        return mark.kind() != EventMark.Kind.ALERT && mark.kind() != EventMark.Kind.ALERT_END;
    }

    private Line create(MarkGroup mark) {
        Line line = new Line();
        line.getStyleClass().addAll("live-chart-mark", mark.kind().name().toLowerCase(Locale.ROOT));
        // Moving an unmanaged node triggers no layout.
        line.setManaged(false);
        view.getChildren().add(line);
        return line;
    }
}
