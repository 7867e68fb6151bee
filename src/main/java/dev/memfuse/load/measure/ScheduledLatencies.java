package dev.memfuse.load.measure;

import dev.memfuse.load.OperationKind;

/// Receives the latencies of an open run as they happen, for charts beside those of the engine. Called on the threads
/// of the generator; must neither wait nor allocate.
@FunctionalInterface
public interface ScheduledLatencies {
    /// Nobody asks.
    ScheduledLatencies NONE = (_, _, _) -> {};

    /// Records successful operations.
    ///
    /// @param nanos time from the scheduled start to the end, in nanoseconds
    /// @param count number of operations
    void record(OperationKind kind, long nanos, long count);
}
