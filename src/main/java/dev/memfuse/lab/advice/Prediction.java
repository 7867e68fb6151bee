package dev.memfuse.lab.advice;

import java.util.Locale;

import dev.memfuse.lab.paired.Metric;

/// The effect that an advice expects of its change, made before the change is tried.
///
/// @param metric name of the metric that a trial decides by, as in [Metric#parse]
/// @param ratio expected ratio of the metric after the change to before; 1 for no effect on it
/// @param reason where the ratio comes from
public record Prediction(String metric, double ratio, String reason) {
    /// Returns the prediction in words: `add.p50 about 0.40x: …`.
    public String text() {
        return String.format(Locale.ROOT, "%s about %.2fx: %s", metric, ratio, reason);
    }
}
