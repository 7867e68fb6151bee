package dev.memfuse.console.live;

import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Remembered;

/// Choices in the heading of a chart. FX thread only.
final class ChartScales {
    private ChartScales() {}

    /// Offers the scales of a latency axis; the choice is remembered.
    static void offer(LiveChart chart, String id, Remembered remembered) {
        ToggleButton logarithmic = toggle(id + "-log", "log", "Logarithmic axis; stages are lines then");
        ToggleButton clipped = toggle(id + "-clip", "clip",
                "Ends the axis where most values end; a triangle at the upper edge marks the peaks above");
        clipped.setSelected(true);
        clipped.disableProperty().bind(logarithmic.selectedProperty());
        logarithmic.selectedProperty().subscribe(chart::logarithmic);
        clipped.selectedProperty().subscribe(chart::clipped);
        remembered.keep("live." + id + ".log", logarithmic.selectedProperty());
        remembered.keep("live." + id + ".clip", clipped.selectedProperty());
        chart.controls(clipped, logarithmic);
    }

    /// Returns a small toggle button for a heading.
    static ToggleButton toggle(String id, String text, String meaning) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(meaning));
        button.setAccessibleText(meaning);
        button.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        return button;
    }

    /// Returns a small button for a heading.
    static Button button(String id, String text, String meaning) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(meaning));
        button.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        return button;
    }

    /// Keeps the selected toggle of a group selected when it is pressed again.
    static void keepOneSelected(ToggleGroup group) {
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
    }
}
