package dev.memfuse.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.stats.Percentiles;

/// What a load run measured. Serialized as the result JSON, its component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt begin of the measured part
/// @param seconds measured duration
/// @param operations by name: add, query, list
/// @param acknowledged adds by what their acknowledgement was worth: committed, journaled, memory
/// @param stagesMs mean milliseconds per operation in each stage
/// @param pool connections while measuring
/// @param arrival how operations arrived
/// @param config the configuration at the end, as YAML keys
/// @param changes settings that changed during the run
/// @param environment machine, JVM, database, versions
/// @param warnings sentences about what limits the trust in these figures
public record LoadResult(int formatVersion, Instant startedAt, double seconds, Map<String, OperationResult> operations,
        Map<String, Long> acknowledged, Map<String, Double> stagesMs, PoolResult pool, ArrivalResult arrival,
        Map<String, Object> config,
        List<String> changes, Map<String, String> environment, List<String> warnings) {

    /// One operation.
    ///
    /// @param count successful operations
    /// @param errors failed operations; they are not in `count` nor in the percentiles
    /// @param throughputPerS `count` divided by the measured seconds
    /// @param latencyMs from the scheduled start (open) or the start (closed) to the end
    /// @param serviceMs from the actual start to the end
    public record OperationResult(long count, long errors, double throughputPerS, Percentiles latencyMs,
            Percentiles serviceMs) {}

    /// The connection pool.
    ///
    /// @param acquireMs wait for a connection
    /// @param activeMax most connections in use at one sample
    /// @param activeMean mean of the samples
    /// @param waitingMax most waiting threads at one sample
    /// @param limit the pool's limit at the end
    /// @param timeouts waits that ended without a connection
    public record PoolResult(Percentiles acquireMs, int activeMax, double activeMean, int waitingMax, int limit,
            long timeouts) {}

    /// How operations arrived.
    ///
    /// @param model closed or open
    /// @param target concurrency or rate per second
    /// @param scheduled operations due
    /// @param started operations begun
    /// @param dropped operations due that found no place
    /// @param lagMs actual minus scheduled start
    public record ArrivalResult(String model, double target, long scheduled, long started, long dropped,
            Percentiles lagMs) {}
}
