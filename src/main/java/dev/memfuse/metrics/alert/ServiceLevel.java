package dev.memfuse.metrics.alert;

import java.util.Locale;

/// A service level objective of time slices: in a share of the seconds with samples, a metric is at most at its limit.
///
/// @param id stable and unique: letters, digits and hyphens
/// @param metric id of the metric, see [AlertMetrics]
/// @param limit in the unit of the metric
/// @param target share of good seconds, above 0 and below 1: 0.99
public record ServiceLevel(String id, String metric, double limit, double target) implements AlertSource {

    /// @throws IllegalArgumentException when a value is out of range or the metric is unknown
    public ServiceLevel {
        if (!id.matches("[A-Za-z0-9-]{1,60}") || AlertMetrics.find(metric).isEmpty()) {
            throw new IllegalArgumentException("No objective " + id + " on the metric " + metric);
        }
        if (!Double.isFinite(limit) || limit < 0 || !(target > 0 && target < 1)) {
            throw new IllegalArgumentException("A value of the objective " + id + " is out of range");
        }
    }

    /// Returns the metric.
    public AlertMetric resolved() {
        return AlertMetrics.find(metric).orElseThrow();
    }

    @Override
    public String title() {
        return "objective of " + resolved().title();
    }

    /// Returns the objective as a sentence without a full stop.
    public String describe() {
        return String.format(Locale.ROOT, "%s at most %s in %s %% of the seconds", resolved().title(),
                resolved().unit().format(limit), trim(100 * target));
    }

    private static String trim(double percent) {
        String text = String.format(Locale.ROOT, "%.3f", percent);
        return text.replaceFirst("\\.?0+$", "");
    }
}
