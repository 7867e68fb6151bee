package dev.memfuse.console.chart.data;

import dev.memfuse.metrics.slice.LatencySlice;

/// The times of a short span, for a heat map.
///
/// @param from milliseconds since the epoch
/// @param to milliseconds since the epoch, after `from`
/// @param seconds measured time in the span
/// @param times distribution of the times that ended in it
public record HeatColumn(long from, long to, double seconds, LatencySlice times) {}
