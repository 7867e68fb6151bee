package dev.memfuse.console.chart;

import javafx.scene.Node;
import javafx.scene.Scene;

import dev.memfuse.console.fx.FxThread;
import org.jspecify.annotations.Nullable;

/// Ends the crosshair of a key when the focus goes to a node that has nothing to do with the charts of its window. It
/// stays while the focus goes from chart to chart, and while another window of the desktop is in front. FX thread only.
public final class CrosshairFocus {
    private CrosshairFocus() {}

    /// Lets a node, and what is in it, keep the crosshair while it has the focus.
    public static void keep(Node node, TimeWindow window) {
        node.getProperties().put(TimeWindow.class, window);
        node.focusWithinProperty().subscribe((before, now) -> {
            if (before && !now) {
                // The new owner of the focus is known after this event.
                FxThread.EXECUTOR.execute(() -> check(node.getScene(), window));
            }
        });
    }

    private static void check(@Nullable Scene scene, TimeWindow window) {
        if (window.cursorByKey() && (scene == null || !keeps(scene.getFocusOwner(), window))) {
            window.clearCursor();
        }
    }

    private static boolean keeps(@Nullable Node owner, TimeWindow window) {
        for (@Nullable
        Node node = owner; node != null; node = node.getParent()) {
            if (node.hasProperties() && window.equals(node.getProperties().get(TimeWindow.class))) {
                return true;
            }
        }
        return false;
    }
}
