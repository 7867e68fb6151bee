package dev.memfuse.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.EventMark;

/// A load over time: one point per second, the warm-up included, and the shape of its latencies.
///
/// @param timeline one point per second of measured time, oldest first
/// @param spectrum by operation: latency at ever higher percentiles, of the measured part
/// @param stagesMs by operation: mean milliseconds in each stage, of the measured part
/// @param marks what happened meanwhile
public record LoadRecording(List<Point> timeline, Map<String, List<SpectrumPoint>> spectrum,
        Map<String, Map<String, Double>> stagesMs, List<EventMark> marks) {
    /// Nothing recorded.
    public static final LoadRecording EMPTY = new LoadRecording(List.of(), Map.of(), Map.of(), List.of());

    /// One interval of about a second.
    ///
    /// @param seconds end of the interval, since the start of the run
    /// @param at end of the interval
    /// @param warmup whether it belongs to the warm-up
    /// @param throughput successful operations per second of measured time
    /// @param errors failed operations per second
    /// @param dropped dropped arrivals per second
    /// @param p50 milliseconds, all operations together, successful ones; 0 when there was none, as the others
    /// @param p95 milliseconds
    /// @param p99 milliseconds
    /// @param max milliseconds
    /// @param poolActive mean of the samples
    /// @param poolWaiting most waiting threads at one sample
    /// @param poolLimit the pool's limit at the end
    public record Point(double seconds, Instant at, boolean warmup, double throughput, double errors, double dropped,
            double p50, double p95, double p99, double max, double poolActive, int poolWaiting, int poolLimit) {}

    /// One step of a percentile spectrum.
    ///
    /// @param percentile 0..100
    /// @param ms latency at it
    /// @param countAbove samples above it; below 100 the value is rough
    public record SpectrumPoint(double percentile, double ms, long countAbove) {}
}
