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

/// The marks over one plot. Keeps the nodes of a mark as long as it is in sight: new ones would have to be styled with
/// each drawing.
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

    /// Shows these marks and no others.
    ///
    /// @param marks oldest first
    /// @param xOf where a mark belongs, in pixels from the left
    void show(List<EventMark> marks, ToDoubleFunction<EventMark> xOf, double width, double height) {
        forgetAllBut(marks);
        List<Room> taken = new ArrayList<>();
        // The newest first: when texts are in each other's way, its is the one that counts.
        for (EventMark mark : marks.reversed()) {
            MarkFlag flag = flags.computeIfAbsent(mark, this::create);
            double x = Math.rint(xOf.applyAsDouble(mark)) + 0.5;
            flag.place(x, height);
            double text = flag.textWidth();
            if (text > 0) {
                flag.text(room(x, text, width, taken));
            }
        }
    }

    private void forgetAllBut(List<EventMark> marks) {
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

    /// The left end of a text beside the line at `x`, to its right if it fits there; `NaN` when there is no room.
    private static double room(double x, double text, double width, List<Room> taken) {
        for (Room room : List.of(new Room(x, x + text), new Room(x - text, x))) {
            if (room.from >= 0 && room.to <= width && taken.stream().noneMatch(room::meets)) {
                taken.add(room);
                return room.from;
            }
        }
        return Double.NaN;
    }

    private record Room(double from, double to) {
        boolean meets(Room other) {
            return from < other.to && other.from < to;
        }
    }
}
