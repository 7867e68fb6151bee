package dev.memfuse.console.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.chart.TimeChart;

/// Pills in the headings of charts that choose one of some values. All show the same choice. FX thread only.
///
/// @param <T> the values
final class ChartChoices<T> {
    private final ObjectProperty<T> chosen;
    private final List<T> values;
    private final Function<T, String> label;
    private final Map<TimeChart, HBox> pills = new HashMap<>();

    /// @param values at least two
    /// @param label text of a value
    ChartChoices(ObjectProperty<T> chosen, List<T> values, Function<T, String> label) {
        this.chosen = chosen;
        this.values = List.copyOf(values);
        this.label = label;
    }

    /// Adds the pills to the heading of a chart.
    ///
    /// @param prefix identity of each pill before its label
    void addTo(TimeChart chart, String prefix) {
        ToggleGroup group = new ToggleGroup();
        HBox box = new HBox();
        box.getStyleClass().add("chart-choices");
        for (T value : values) {
            ToggleButton pill = new ToggleButton(label.apply(value));
            pill.setId(prefix + label.apply(value));
            pill.setToggleGroup(group);
            pill.setMinWidth(ToggleButton.USE_PREF_SIZE);
            pill.getStyleClass().addAll(Styles.SMALL, shape(values.indexOf(value)), "chart-choice");
            chosen.subscribe(now -> pill.setSelected(now.equals(value)));
            pill.selectedProperty().addListener((_, _, selected) -> {
                if (selected) {
                    chosen.set(value);
                }
            });
            box.getChildren().add(pill);
        }
        ChartScales.keepOneSelected(group);
        chart.controls(box);
        pills.put(chart, box);
    }

    private String shape(int place) {
        return place == 0 ? Styles.LEFT_PILL : place == values.size() - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
    }

    /// Returns whether a pill of one of the charts has the focus.
    boolean focused() {
        return pills.values().stream().flatMap(box -> box.getChildren().stream()).anyMatch(Node::isFocused);
    }

    /// Gives the focus to the chosen pill of a chart.
    void focus(TimeChart chart) {
        HBox box = pills.get(chart);
        if (box != null) {
            box.getChildren().get(values.indexOf(chosen.get())).requestFocus();
        }
    }
}
