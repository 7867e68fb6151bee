package dev.memfuse.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.EventMark;

/// The recording of a run: its course over time, including the warm-up, and the distribution of its latencies.
///
/// @param timeline one point per second, oldest first
/// @param spectrum by operation: latency at increasing percentiles, of the measured part
/// @param stagesMs by operation: mean milliseconds in each stage, of the measured part
/// @param marks events since the start of the run, oldest first
public record LoadRecording(List<Point> timeline, Map<String, List<SpectrumPoint>> spectrum,
        Map<String, Map<String, Double>> stagesMs, List<EventMark> marks) {
    /// The empty recording.
    public static final LoadRecording EMPTY = new LoadRecording(List.of(), Map.of(), Map.of(), List.of());

    /// One second. Only the last one of the warm-up, and the only one of a measured part below a second, are shorter.
    ///
    /// @param seconds end of the interval, since the start of the run
    /// @param at end of the interval
    /// @param warmup whether the interval belongs to the warm-up
    /// @param count successful operations that ended in it, the samples of the percentiles
    /// @param throughput the same per second
    /// @param errors failed operations per second
    /// @param dropped dropped arrivals per second
    /// @param p50 median latency of all successful operations, in milliseconds; all latencies are 0 when there was none
    /// @param p95 95th percentile in milliseconds
    /// @param p99 99th percentile in milliseconds
    /// @param max maximum in milliseconds
    /// @param poolActive connections in use, mean of the samples; NaN without a sample
    /// @param poolWaiting threads that wait for a connection, maximum of the samples
    /// @param poolLimit maximum size of the pool at the end of the interval
    /// @param operations by operation, of those that ended in it; empty in older recordings, which lack them
    public record Point(double seconds, Instant at, boolean warmup, long count, double throughput, double errors,
            double dropped, double p50, double p95, double p99, double max, double poolActive, int poolWaiting,
            int poolLimit, Map<OperationKind, OperationPoint> operations) {

        /// Creates a second without figures of its operations.
        public Point(double seconds, Instant at, boolean warmup, long count, double throughput, double errors,
                double dropped, double p50, double p95, double p99, double max, double poolActive, int poolWaiting,
                int poolLimit) {
            this(seconds, at, warmup, count, throughput, errors, dropped, p50, p95, p99, max, poolActive, poolWaiting,
                    poolLimit, Map.of());
        }
    }

    /// One operation in one second. Unlike those of [Point], its percentiles are those of the calls alone, from the
    /// actual start, as the charts of the engine show them; their error is at most 1 %.
    ///
    /// @param count successful calls that ended in it, at least 1: the samples of the percentiles
    /// @param throughput the same per second
    /// @param p50 median in milliseconds
    /// @param p95 95th percentile in milliseconds
    /// @param p99 99th percentile in milliseconds
    /// @param scheduledP99 99th percentile from the scheduled start, in milliseconds; NaN in a closed run
    public record OperationPoint(long count, double throughput, double p50, double p95, double p99,
            double scheduledP99) {}

    /// One step of a percentile spectrum.
    ///
    /// @param percentile 0..100
    /// @param ms latency in milliseconds
    /// @param countAbove number of samples above; below 100 the value is rough
    public record SpectrumPoint(double percentile, double ms, long countAbove) {}
}
