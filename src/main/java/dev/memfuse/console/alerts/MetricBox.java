package dev.memfuse.console.alerts;

import javafx.scene.control.ComboBox;

import dev.memfuse.console.fx.Choices;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;

/// A box with every metric. FX thread only.
final class MetricBox {
    private MetricBox() {}

    /// Fills a box.
    static void fill(ComboBox<AlertMetric> box) {
        box.getItems().setAll(AlertMetrics.list());
        box.setConverter(Choices.of(metric -> metric.title()
                + (metric.unit().label().isEmpty() ? "" : ", " + metric.unit().label())));
    }
}
