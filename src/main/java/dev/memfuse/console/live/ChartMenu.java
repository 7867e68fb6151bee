package dev.memfuse.console.live;

import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.metrics.stats.Numbers;
import org.kordamp.ikonli.javafx.FontIcon;

/// The button in the heading of a chart that enlarges, moves or hides it, and brings others back. FX thread only.
final class ChartMenu extends MenuButton {
    private final String cell;
    private final ChartArrangement arrangement;

    /// @param title title of the chart
    /// @param cell name of the chart in the arrangement
    ChartMenu(String title, String cell, ChartArrangement arrangement) {
        this.cell = cell;
        this.arrangement = arrangement;
        setGraphic(new FontIcon(Icons.MENU));
        setTooltip(new Tooltip("Enlarge, move or hide this chart"));
        setAccessibleText("Enlarge, move or hide the chart " + title);
        setMinWidth(USE_PREF_SIZE);
        getStyleClass().addAll(Styles.SMALL, Styles.BUTTON_ICON, Styles.FLAT, Tweaks.NO_ARROW, "chart-choice",
                "chart-menu");
        setOnShowing(_ -> fill());
        // An empty menu does not open.
        fill();
    }

    private void fill() {
        getItems().setAll(
                arrangement.enlarged()
                        ? item("Show the other charts", true, arrangement::restore)
                        : item("Enlarge", true, () -> arrangement.enlarge(cell)),
                item("Move to the place before", arrangement.mayMove(cell, -1), () -> arrangement.move(cell, -1)),
                item("Move to the place after", arrangement.mayMove(cell, 1), () -> arrangement.move(cell, 1)),
                item("Hide", arrangement.mayHide(cell), () -> arrangement.hide(cell)), new SeparatorMenuItem(),
                item(arrangement.hidden() == 0
                        ? "Show hidden charts"
                        : "Show " + Numbers.count(arrangement.hidden(), "hidden chart"), arrangement.hidden() > 0,
                        arrangement::showHidden),
                item("Show all in the usual order", !arrangement.isUsual(), arrangement::reset));
    }

    private MenuItem item(String text, boolean possible, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setDisable(!possible);
        item.setOnAction(_ -> {
            action.run();
            requestFocus();
        });
        return item;
    }
}
