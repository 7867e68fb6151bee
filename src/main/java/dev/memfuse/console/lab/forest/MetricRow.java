package dev.memfuse.console.lab.forest;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;

/// One metric of a result as text for the cells of a table.
///
/// @param metric name
/// @param primary whether it decides
/// @param a median of arm A with its unit
/// @param b median of arm B with its unit
/// @param ratio ratio with its interval
/// @param estimate the same as numbers, for the forest plot
/// @param verdict decision in words
/// @param cost whether it is a cost per operation
public record MetricRow(String metric, boolean primary, String a, String b, String ratio, RatioEstimate estimate,
        String verdict, boolean cost) {

    /// Returns the row of a result.
    public static MetricRow of(MetricResult result) {
        Metric metric = Metric.parse(result.name());
        return new MetricRow(result.name(), result.primary(),
                value(metric, result.a()), value(metric, result.b()), result.ratio().print(), result.ratio(),
                result.ratio().decision().label(), metric.figure().cost());
    }

    private static String value(Metric metric, double value) {
        return Double.isNaN(value) ? Formats.NONE : metric.print(value);
    }
}
