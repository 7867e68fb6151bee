package dev.memfuse.load.recording;

import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// A main figure of a recording, by which recordings are listed and laid side by side.
///
/// @param name name such as `query.p99`
/// @param unit unit of the value; empty for a number
/// @param value null when it was not measured
/// @param rough whether too few samples lie above a percentile
public record Figure(String name, String unit, @Nullable Double value, boolean rough) {

    /// Creates a figure; a value that is not finite was not measured.
    public static Figure of(String name, String unit, double value) {
        return new Figure(name, unit, Double.isFinite(value) ? (Double) value : null, false);
    }

    /// Returns the name for people: `query.p99.9` for `query.p999`.
    public String title() {
        return Percentiles.title(name);
    }

    /// Returns the value with its unit, for people.
    public String text() {
        if (value == null) {
            return "–";
        }
        if (unit.isEmpty() && value == Math.rint(value)) {
            return Numbers.count(value.longValue());
        }
        String space = unit.isEmpty() || unit.startsWith("/") ? "" : " ";
        return (rough ? Percentiles.ROUGH : "") + Numbers.value(value) + space + unit;
    }
}
