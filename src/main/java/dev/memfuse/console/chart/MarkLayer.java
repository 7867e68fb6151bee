package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import javafx.scene.layout.Pane;

import dev.memfuse.metrics.EventMark;

/// The marks over one plot. Reuses the nodes of a visible mark, because new nodes need styling with each redraw.
final class MarkLayer {
    private final Pane view = new Pane();
    private final Map<EventMark, MarkFlag> flags = new HashMap<>();

    MarkLayer() {
        view.setManaged(false);
        view.setMouseTransparent(true);
    }

    Pane view() {
        return view;
    }

    /// Replaces the visible marks.
    ///
    /// @param marks oldest first
    /// @param xOf position of a mark in pixels from the left
    void show(List<EventMark> marks, ToDoubleFunction<EventMark> xOf, double width, double height) {
        retain(marks);
        List<Interval> taken = new ArrayList<>();
        // Newest first: when texts overlap, the newest one is visible.
        for (EventMark mark : marks.reversed()) {
            MarkFlag flag = flags.computeIfAbsent(mark, this::create);
            double x = Math.rint(xOf.applyAsDouble(mark)) + 0.5;
            flag.place(x, height);
            double text = flag.textWidth();
            if (text > 0) {
                flag.text(freeLeft(x, text, width, taken));
            }
        }
    }

    private void retain(List<EventMark> marks) {
        Set<EventMark> kept = new HashSet<>(marks);
        flags.entrySet().removeIf(entry -> {
            boolean gone = !kept.contains(entry.getKey());
            if (gone) {
                view.getChildren().removeAll(entry.getValue().nodes());
            }
            return gone;
        });
    }

    private MarkFlag create(EventMark mark) {
        MarkFlag flag = new MarkFlag(mark);
        view.getChildren().addAll(flag.nodes());
        flag.measure();
        return flag;
    }

    /// Returns the left end of a text right of the line at `x`, else left of it; `NaN` when neither side is free.
    private static double freeLeft(double x, double text, double width, List<Interval> taken) {
        for (Interval interval : List.of(new Interval(x, x + text), new Interval(x - text, x))) {
            if (interval.from >= 0 && interval.to <= width && taken.stream().noneMatch(interval::overlaps)) {
                taken.add(interval);
                return interval.from;
            }
        }
        return Double.NaN;
    }

    private record Interval(double from, double to) {
        boolean overlaps(Interval other) {
            return from < other.to && other.from < to;
        }
    }
}
