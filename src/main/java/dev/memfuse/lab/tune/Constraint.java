package dev.memfuse.lab.tune;

import java.util.Locale;

import dev.memfuse.lab.paired.Metric;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// A condition on a metric or on Recall@10.
///
/// @param metric the metric; null for Recall@10
/// @param atLeast whether the limit is the smallest allowed value; the largest otherwise
/// @param limit in the unit of the metric, or as a multiple of the start's value
/// @param ofStart whether the limit is a multiple of the value at the start
public record Constraint(@Nullable Metric metric, boolean atLeast, double limit, boolean ofStart) {
    /// Name of Recall@10 in a goal.
    static final String RECALL = "recall";

    /// Returns the name of what it limits.
    public String subject() {
        return metric == null ? RECALL : metric.name();
    }

    /// Returns whether it limits Recall@10.
    public boolean onRecall() {
        return metric == null;
    }

    boolean on(Metric.Figure figure) {
        return metric != null && metric.figure() == figure;
    }

    /// Returns by how much a value breaks the limit, as a share of the limit; 0 or less when it keeps it.
    ///
    /// @param start value at the start
    double violation(double value, double start) {
        double bound = ofStart ? limit * start : limit;
        if (!Double.isFinite(value) || !Double.isFinite(bound)) {
            return Double.POSITIVE_INFINITY;
        }
        double missing = atLeast ? bound - value : value - bound;
        return bound == 0 ? missing : missing / Math.abs(bound);
    }

    /// Returns the condition in words: `throughput >= 500/s`.
    public String text() {
        String value = ofStart
                ? Numbers.value(limit) + " of start"
                : metric == null ? Numbers.value(limit) : metric.print(limit);
        return String.format(Locale.ROOT, "%s %s %s", Percentiles.title(subject()), atLeast ? ">=" : "<=", value);
    }
}
