package dev.memfuse.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.stats.Percentiles;

/// The result of a load run. Serialized as the result JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the measured part
/// @param seconds duration of the measured part, until its last operation ended
/// @param operations by name: add, query, list
/// @param acknowledged number of adds by the durability of their acknowledgement: committed, journaled, memory
/// @param stagesMs mean milliseconds per operation in each stage
/// @param pool connections in the measured part
/// @param arrival arrivals in the measured part
/// @param config the configuration at the end, as a tree of YAML keys
/// @param changes changes of settings and of the load during the run, one line each
/// @param environment machine, JVM, database, versions
/// @param warnings sentences about limits of the validity of these figures
public record LoadResult(int formatVersion, Instant startedAt, double seconds, Map<String, OperationResult> operations,
        Map<String, Long> acknowledged, Map<String, Double> stagesMs, PoolResult pool, ArrivalResult arrival,
        Map<String, Object> config,
        List<String> changes, Map<String, String> environment, List<String> warnings) {

    /// The figures of one operation.
    ///
    /// @param count successful operations
    /// @param errors failed operations; included neither in `count` nor in the percentiles
    /// @param throughputPerS `count` divided by the measured seconds
    /// @param latencyMs from the scheduled start (open) or the start (closed) to the end
    /// @param serviceMs from the actual start to the end
    public record OperationResult(long count, long errors, double throughputPerS, Percentiles latencyMs,
            Percentiles serviceMs) {}

    /// The connection pool.
    ///
    /// @param acquireMs wait for a connection, in milliseconds
    /// @param activeMax connections in use, maximum of the samples
    /// @param activeMean connections in use, mean of the samples
    /// @param waitingMax threads that wait for a connection, maximum of the samples
    /// @param limit maximum size of the pool at the end
    /// @param timeouts waits that timed out
    public record PoolResult(Percentiles acquireMs, int activeMax, double activeMean, int waitingMax, int limit,
            long timeouts) {}

    /// The arrivals of operations.
    ///
    /// @param model `closed` or `open`
    /// @param target concurrency of a closed run, operations per second of an open one
    /// @param scheduled operations that were due
    /// @param started operations that started
    /// @param dropped operations that were due and not started because of the limit of operations in flight
    /// @param lagMs actual minus scheduled start, in milliseconds
    public record ArrivalResult(String model, double target, long scheduled, long started, long dropped,
            Percentiles lagMs) {}
}
