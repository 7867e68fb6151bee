package dev.memfuse.console.fx;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/// Scrolls to nodes. FX thread only.
public final class Scrolling {
    /// Space above a node that was scrolled to.
    private static final double ABOVE = 24;

    private Scrolling() {}

    /// Scrolls a pane until a node of it is visible; does nothing for one that is visible already.
    public static void reveal(ScrollPane scroll, Node node) {
        scroll.applyCss();
        scroll.layout();
        Bounds place = scroll.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double room = scroll.getViewportBounds().getHeight();
        double hidden = scroll.getContent().getLayoutBounds().getHeight() - room;
        double top = scroll.getVvalue() * Math.max(0, hidden);
        if (hidden > 0 && (place.getMinY() < top || place.getMaxY() > top + room)) {
            scroll.setVvalue(Math.clamp((place.getMinY() - ABOVE) / hidden, 0, 1));
        }
    }
}
