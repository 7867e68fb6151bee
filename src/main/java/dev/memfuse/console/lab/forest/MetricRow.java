package dev.memfuse.console.lab.forest;

import java.util.List;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.MetricVerdict;
import dev.memfuse.lab.paired.Decision;
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
/// @param shown decision that the row stresses
/// @param verdict decision in words
/// @param cost whether it is a cost per operation
public record MetricRow(String metric, boolean primary, String a, String b, String ratio, RatioEstimate estimate,
        Decision shown, String verdict, boolean cost) {

    /// Returns the rows of a comparison.
    public static List<MetricRow> of(ComparisonResult comparison) {
        return comparison.metrics().stream().map(metric -> of(metric, MetricVerdict.of(metric, comparison))).toList();
    }

    private static MetricRow of(MetricResult result, MetricVerdict verdict) {
        Metric metric = Metric.parse(result.name());
        return new MetricRow(result.title(), result.primary(),
                value(metric, result.a()), value(metric, result.b()), result.ratio().print(), result.ratio(),
                verdict.shown(), verdict.label(), metric.figure().cost());
    }

    private static String value(Metric metric, double value) {
        return Double.isNaN(value) ? Formats.NONE : metric.print(value);
    }
}
