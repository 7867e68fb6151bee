package dev.memfuse.console.alerts;

import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertRules.Timing;
import dev.memfuse.metrics.alert.AlertSource;
import dev.memfuse.metrics.alert.MetricRule.Side;

/// A rule as a row, of the program or of the user.
///
/// @param limit in the unit of the metric
record RuleRow(AlertSource source, AlertMetric metric, Side side, double limit, Timing timing, boolean enabled) {

    /// Returns the condition: "above 100 ms".
    String condition() {
        return side.label() + " " + metric.unit().format(limit);
    }
}
