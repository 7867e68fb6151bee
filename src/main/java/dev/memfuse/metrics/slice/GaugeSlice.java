package dev.memfuse.metrics.slice;

import java.util.Collection;

/// The values of a gauge in a span.
///
/// @param min smallest value
/// @param max largest value
/// @param sum sum of all values
/// @param samples number of values
public record GaugeSlice(double min, double max, double sum, long samples) {
    /// No values.
    public static final GaugeSlice NONE = new GaugeSlice(Double.NaN, Double.NaN, 0, 0);

    /// Returns the slice with a further value.
    public GaugeSlice with(double value) {
        return samples == 0
                ? new GaugeSlice(value, value, value, 1)
                : new GaugeSlice(Math.min(min, value), Math.max(max, value), sum + value, samples + 1);
    }

    /// Returns the values of several slices as one.
    public static GaugeSlice merge(Collection<GaugeSlice> slices) {
        GaugeSlice merged = NONE;
        for (GaugeSlice slice : slices) {
            if (merged.samples == 0) {
                merged = slice;
            } else if (slice.samples > 0) {
                merged = new GaugeSlice(Math.min(merged.min, slice.min), Math.max(merged.max, slice.max),
                        merged.sum + slice.sum, merged.samples + slice.samples);
            }
        }
        return merged;
    }

    /// Returns the mean of the values; `NaN` without values.
    public double mean() {
        return samples == 0 ? Double.NaN : sum / samples;
    }
}
