package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import javafx.geometry.Dimension2D;
import javafx.scene.layout.Pane;

/// The flags of the marks of a lane. Reuses the nodes of a visible group, because new nodes need styling with each
/// redraw.
final class MarkLayer {
    /// Between a flag and its text, in pixels.
    private static final double GAP = 6;

    private final Pane view = new Pane();
    private final Map<List<Object>, MarkFlag> flags = new HashMap<>();

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
    /// @param xOf position of a time in pixels from the left
    /// @param size size of the lane
    void show(List<MarkGroup> marks, ToDoubleFunction<Instant> xOf, Dimension2D size) {
        retain(marks);
        List<Interval> taken = new ArrayList<>();
        // Newest first: when texts overlap, the newest one is visible.
        for (MarkGroup mark : marks.reversed()) {
            MarkFlag flag = flags.computeIfAbsent(mark.key(), _ -> create(mark));
            double x = Math.rint(xOf.applyAsDouble(mark.from())) + 0.5;
            flag.place(x, Math.rint(xOf.applyAsDouble(mark.to())) + 0.5, size);
            double text = flag.textWidth();
            if (text > 0) {
                flag.text(freeLeft(x, text, size.getWidth(), taken));
            }
        }
    }

    private void retain(List<MarkGroup> marks) {
        Set<List<Object>> kept = marks.stream().map(MarkGroup::key).collect(Collectors.toSet());
        flags.entrySet().removeIf(entry -> {
            boolean gone = !kept.contains(entry.getKey());
            if (gone) {
                view.getChildren().removeAll(entry.getValue().nodes());
            }
            return gone;
        });
    }

    private MarkFlag create(MarkGroup mark) {
        MarkFlag flag = new MarkFlag(mark);
        view.getChildren().addAll(flag.nodes());
        flag.measure();
        return flag;
    }

    /// Returns the left end of a text right of the flag at `x`, else left of it; `NaN` when neither side is free.
    private static double freeLeft(double x, double text, double width, List<Interval> taken) {
        for (Interval interval : List.of(new Interval(x + GAP, x + GAP + text),
                new Interval(x - GAP - text, x - GAP))) {
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
