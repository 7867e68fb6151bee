package dev.memfuse.metrics.alert;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import dev.memfuse.metrics.MetricsSnapshot;

/// A figure of a snapshot that a rule can compare with a limit.
///
/// @param id stable name: "add.p99"
/// @param title name shown to the user: "p99 of add"
/// @param unit unit of the value and of limits
/// @param value returns the value in that unit
/// @param samples returns the number of samples of the value over the second; `Long.MAX_VALUE` for a gauge
public record AlertMetric(String id, String title, AlertUnit unit, ToDoubleFunction<MetricsSnapshot> value,
        ToLongFunction<MetricsSnapshot> samples) {

    /// Returns the value in a snapshot.
    public double of(MetricsSnapshot snapshot) {
        return value.applyAsDouble(snapshot);
    }

    /// Returns the number of samples in a snapshot.
    public long samplesOf(MetricsSnapshot snapshot) {
        return samples.applyAsLong(snapshot);
    }
}
