package dev.memfuse.console.live;

import java.util.LinkedHashMap;
import java.util.Map;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.chart.ChartGrid;
import dev.memfuse.console.chart.TimeChart;

/// The charts of the Live page, in the order that the user chose. A cell holds what is shown in one place by
/// turns, such as percentiles and heat map. FX thread only.
final class ChartCells {
    private final ChartArrangement arrangement;
    private final Map<String, StackPane> cells = new LinkedHashMap<>();

    ChartCells(ChartArrangement arrangement) {
        this.arrangement = arrangement;
    }

    /// Adds a chart to a cell, and to its heading the menu of the cell.
    void add(String cell, TimeChart chart) {
        add(cell, chart.view());
        chart.controls(new ChartMenu(chart.title(), cell, arrangement));
    }

    /// Adds a panel to a cell.
    void add(String cell, Region panel) {
        cells.computeIfAbsent(cell, _ -> new StackPane()).getChildren().add(panel);
    }

    /// Shows the cells as arranged, now and after each change.
    void start(ChartGrid grid) {
        arrangement.onChange(() -> arrange(grid));
        arrange(grid);
    }

    /// Scrolls to what a cell shows, and gives it the focus.
    void focus(String cell, ScrollPane scroll) {
        StackPane place = cells.get(cell);
        if (place == null) {
            throw new IllegalArgumentException("No chart " + cell);
        }
        scroll.layout();
        double hidden = scroll.getContent().getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
        scroll.setVvalue(hidden <= 0 ? 0 : Math.clamp(place.getLayoutY() / hidden, 0, 1));
        place.getChildren().stream().filter(Node::isVisible).findFirst().ifPresent(Node::requestFocus);
    }

    private void arrange(ChartGrid grid) {
        grid.showPanels(arrangement.shown().stream().map(cells::get).toList());
    }
}
