package dev.memfuse.console.chart;

/// Tells which values of a chart are rough: percentiles of too few samples. Lines of rough values are pale, and the
/// legend marks the value.
@FunctionalInterface
public interface RoughSamples {
    /// No value is rough.
    RoughSamples NONE = (_, _) -> false;

    /// Returns whether a value is rough.
    ///
    /// @param series index of the series
    /// @param index index of the sample
    boolean isRough(int series, int index);
}
