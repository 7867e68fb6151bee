package dev.memfuse.lab.layers;

import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Proportions;
import org.jspecify.annotations.Nullable;

/// A share with its 95 % interval.
///
/// @param hits number of things with the property
/// @param total number of all things
/// @param share 0..1; null when there is nothing
/// @param low lower bound of the interval; null when there is nothing
/// @param high upper bound of the interval; null when there is nothing
public record Share(long hits, long total, @Nullable Double share, @Nullable Double low, @Nullable Double high) {
    private static final double ALPHA = 0.05;

    /// Returns the share of hits in a total.
    public static Share of(long hits, long total) {
        if (total == 0) {
            return new Share(0, 0, null, null, null);
        }
        Interval interval = Proportions.wilson(hits, total, ALPHA);
        return new Share(hits, total, interval.estimate(), interval.low(), interval.high());
    }
}
