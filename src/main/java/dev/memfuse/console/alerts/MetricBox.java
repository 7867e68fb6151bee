package dev.memfuse.console.alerts;

import javafx.scene.control.ComboBox;

import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.MetricNames;

/// A box with every metric; its tooltip has the names of the chosen one in other tools. FX thread only.
final class MetricBox {
    private MetricBox() {}

    /// Fills a box.
    static void fill(ComboBox<AlertMetric> box) {
        box.getItems().setAll(AlertMetrics.list());
        box.valueProperty().subscribe(metric -> {
            String names = metric == null ? "" : MetricNames.of(metric);
            box.setAccessibleHelp(names);
            box.setTooltip(names.isEmpty() ? null : Meaning.tooltip(names));
        });
        box.setConverter(Choices.of(metric -> metric.title()
                + (metric.unit().label().isEmpty() ? "" : ", " + metric.unit().label())));
    }
}
