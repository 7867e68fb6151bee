package dev.memfuse.console.live;

import java.util.Optional;

import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.chart.HeatChart;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.Operation;

/// The latency of one operation, as percentiles or as a heat map in the same place. Operation and form are remembered.
/// FX thread only.
final class LatencyCell {
    private static final String OPERATION = "live.latency.operation";

    private final LiveChart lines;
    private final HeatChart map;

    LatencyCell(LiveViewModel model, Remembered remembered) {
        lines = new LiveChart(LiveCharts.LATENCY, model.window(), model.latency());
        map = new HeatChart(LiveCharts.HEAT, model.window(), model::heat);
        lines.rough(model::isRough);
        remembered.get(OPERATION).flatMap(LatencyCell::operation).ifPresent(model.latencyOperationProperty()::set);
        model.latencyOperationProperty().addListener((_, _, now) -> {
            remembered.put(OPERATION, now.name());
            lines.samples(model.latency());
            map.redraw();
        });
        ToggleButton showMap = ChartScales.toggle("latency-map", "heat map",
                "Number of calls by time and latency: shows several modes and rare slow calls, which percentiles hide");
        Button showLines = ChartScales.button("latency-lines", "percentiles", "Percentiles as lines");
        ChartChoices<Operation> operations = new ChartChoices<>(model.latencyOperationProperty(), LiveCharts.CALLS,
                Operation::label);
        operations.addTo(lines, "latency-");
        lines.controls(showMap);
        ChartScales.offer(lines, LiveCharts.LATENCY.id(), remembered);
        operations.addTo(map, "heat-");
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

    LiveChart lines() {
        return lines;
    }

    HeatChart map() {
        return map;
    }
}
