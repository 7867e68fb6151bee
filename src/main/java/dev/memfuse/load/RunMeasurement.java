package dev.memfuse.load;

import java.util.Map;

import org.HdrHistogram.Histogram;

/// What a run measured, with the histograms that its result was computed from. The histograms are in nanoseconds, with
/// 3 significant digits; they hold the measured part alone.
///
/// @param workload definition of the run
/// @param result figures of the measured part
/// @param recording course over time
/// @param latencies by operation: from the scheduled start (open) or the start (closed) to the end
/// @param services by operation: from the actual start to the end
/// @param lag actual minus scheduled start of all operations; empty in a closed run
/// @param cost what it cost the process
public record RunMeasurement(Workload workload, LoadResult result, LoadRecording recording,
        Map<OperationKind, Histogram> latencies, Map<OperationKind, Histogram> services, Histogram lag, RunCost cost) {}
