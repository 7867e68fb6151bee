package dev.memfuse.console.live;

import java.util.List;
import java.util.Optional;

import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.chart.HeatChart;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.chart.TimeChart;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.Operation;

/// The latency of one operation, as percentiles or as a heat map in the same place. Operation and form are remembered.
/// FX thread only.
final class LatencyCell {
    private static final String OPERATION = "live.latency.operation";

    private final LiveViewModel model;
    private final LiveChart lines;
    private final HeatChart map;

    LatencyCell(LiveViewModel model, Remembered remembered) {
        this.model = model;
        lines = new LiveChart(LiveCharts.LATENCY, model.window(), model.latency());
        map = new HeatChart(LiveCharts.HEAT, model.window(), model::heat);
        lines.rough(model::isRough);
        remembered.get(OPERATION).flatMap(LatencyCell::operation).ifPresent(model.latencyOperationProperty()::set);
        model.latencyOperationProperty().addListener((_, _, now) -> {
            remembered.put(OPERATION, now.name());
            lines.samples(model.latency());
            map.redraw();
        });
        ToggleButton showMap = ChartScales.button("latency-map", "heat map",
                "Number of calls by time and latency: shows several modes and rare slow calls, which percentiles hide");
        Button showLines = new Button("percentiles");
        showLines.setId("latency-lines");
        showLines.setMinWidth(Region.USE_PREF_SIZE);
        showLines.setTooltip(new Tooltip("Percentiles as lines"));
        showLines.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        addChoices(lines, "latency-");
        lines.controls(showMap);
        ChartScales.offer(lines, LiveCharts.LATENCY.id(), remembered);
        addChoices(map, "heat-");
        map.controls(showLines);
        showMap.selectedProperty().subscribe(this::show);
        showLines.setOnAction(_ -> {
            showMap.setSelected(false);
            showMap.requestFocus();
        });
        showMap.setOnAction(_ -> showLines.requestFocus());
        remembered.keep("live.latency.map", showMap.selectedProperty());
    }

    private static Optional<Operation> operation(String name) {
        return LiveCharts.CALLS.stream().filter(operation -> operation.name().equals(name)).findFirst();
    }

    private void show(boolean asMap) {
        Visibility.set(map.view(), asMap);
        Visibility.set(lines.view(), !asMap);
        map.visible(asMap);
        lines.visible(!asMap);
    }

    /// Adds the choice of the operation to a heading.
    private void addChoices(TimeChart chart, String prefix) {
        ToggleGroup group = new ToggleGroup();
        List<String> pills = List.of(Styles.LEFT_PILL, Styles.CENTER_PILL, Styles.RIGHT_PILL);
        HBox choices = new HBox();
        choices.getStyleClass().add("chart-choices");
        for (int i = 0; i < LiveCharts.CALLS.size(); i++) {
            Operation operation = LiveCharts.CALLS.get(i);
            ToggleButton button = new ToggleButton(operation.label());
            button.setId(prefix + operation.label());
            button.setToggleGroup(group);
            button.getStyleClass().addAll(Styles.SMALL, pills.get(i), "chart-choice");
            model.latencyOperationProperty().subscribe(now -> button.setSelected(now == operation));
            button.selectedProperty().addListener((_, _, selected) -> {
                if (selected) {
                    model.latencyOperationProperty().set(operation);
                }
            });
            choices.getChildren().add(button);
        }
        ChartScales.keepOneSelected(group);
        chart.controls(choices);
    }

    LiveChart lines() {
        return lines;
    }

    HeatChart map() {
        return map;
    }
}
