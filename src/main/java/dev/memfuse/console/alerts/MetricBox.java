package dev.memfuse.console.alerts;

import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;

import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import org.jspecify.annotations.Nullable;

/// A box with every metric. FX thread only.
final class MetricBox {
    private MetricBox() {}

    /// Fills a box.
    static void fill(ComboBox<AlertMetric> box) {
        box.getItems().setAll(AlertMetrics.list());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable AlertMetric metric) {
                return metric == null
                        ? ""
                        : metric.title() + (metric.unit().label().isEmpty() ? "" : ", " + metric.unit().label());
            }

            @Override
            public @Nullable AlertMetric fromString(String typed) {
                return null;
            }
        });
    }
}
