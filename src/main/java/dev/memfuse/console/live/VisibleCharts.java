package dev.memfuse.console.live;

import java.util.List;

import javafx.beans.value.ChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

import dev.memfuse.console.chart.TimeChart;

/// Tells the charts of a page whether they are inside its viewport; others are not drawn. FX thread only.
final class VisibleCharts {
    private final List<TimeChart> charts;
    private final ScrollPane scroll;

    VisibleCharts(List<TimeChart> charts, ScrollPane scroll) {
        this.charts = charts;
        this.scroll = scroll;
    }

    /// Finds them now and whenever something moves.
    ///
    /// @param grid holds the charts
    void follow(Node grid) {
        ChangeListener<Object> moved = (_, _, _) -> find();
        scroll.viewportBoundsProperty().addListener(moved);
        grid.localToSceneTransformProperty().addListener(moved);
        // The size of the grid changes before its charts have their new positions.
        for (TimeChart chart : charts) {
            chart.view().getParent().layoutYProperty().addListener(moved);
            chart.view().sceneProperty().addListener(moved);
            chart.view().heightProperty().addListener(moved);
        }
    }

    /// Finds those that are visible.
    void find() {
        if (scroll.getScene() == null) {
            return;
        }
        Bounds viewport = scroll.localToScene(scroll.getLayoutBounds());
        for (TimeChart chart : charts) {
            Node node = chart.view();
            chart.visible(node.getScene() != null && node.isVisible()
                    && node.localToScene(node.getLayoutBounds()).intersects(viewport));
        }
    }
}
