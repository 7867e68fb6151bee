package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import javafx.geometry.Dimension2D;
import javafx.scene.layout.Pane;

/// The flags of the marks of a lane. Reuses the nodes of a visible group, because new nodes need styling with each
/// redraw.
final class MarkLayer {
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
        MarkTextSpace space = new MarkTextSpace(size.getWidth());
        for (MarkGroup mark : marks) {
            MarkFlag flag = flags.computeIfAbsent(mark.key(), _ -> create(mark));
            flag.show(mark);
            flag.place(position(mark.from(), xOf), position(mark.to(), xOf), size);
            space.flag(position(mark.from(), xOf), flag.hasText());
        }
        // Newest first: where there is no space for all texts, the newest one is visible.
        for (MarkGroup mark : marks.reversed()) {
            MarkFlag flag = Objects.requireNonNull(flags.get(mark.key()));
            if (flag.hasText()) {
                flag.text(space.place(position(mark.from(), xOf), flag.textWidth()));
            }
        }
    }

    private static double position(Instant at, ToDoubleFunction<Instant> xOf) {
        return Math.rint(xOf.applyAsDouble(at)) + 0.5;
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
        return flag;
    }
}
