package dev.memfuse.lab.paired;

import dev.memfuse.metrics.stats.Percentiles;

/// The comparison of one metric.
///
/// @param name name of the metric
/// @param unit unit of its values
/// @param primary whether it decides
/// @param higherIsBetter whether a larger value is better
/// @param a median of the blocks of arm A
/// @param b median of the blocks of arm B
/// @param ratio B to A, with its interval and decision; corrected for the number of metrics unless primary
public record MetricResult(String name, String unit, boolean primary, boolean higherIsBetter, double a, double b,
        RatioEstimate ratio) {

    /// Returns the name of the metric for people: `query.p99.9`.
    public String title() {
        return Percentiles.title(name);
    }
}
