package dev.memfuse.metrics;

import java.time.Instant;
import java.util.Map;

/// What was measured up to one instant. Immutable; taken `monitoring.sample_rate` times per second.
///
/// @param at when the sample was taken
/// @param intervalSeconds measured time since the sample before
/// @param operations per operation, over the last complete second
/// @param stages mean time per operation spent in each stage over the last complete second, in nanoseconds, over the
///        operations of a caller (add, query, list, read, delete)
/// @param pool connections at this instant, and leases over the last complete second
/// @param buffers what waits to be stored or extracted at this instant
/// @param journal what the journal keeps for the database at this instant
/// @param resources the process at this instant
public record MetricsSnapshot(Instant at, double intervalSeconds, Map<Operation, OperationSample> operations,
        Map<Stage, Double> stages, PoolSample pool, BufferSample buffers, JournalSample journal,
        ResourceSample resources) {

    /// One operation over one second.
    ///
    /// @param throughput operations per second
    /// @param errors failed operations per second
    /// @param p50 median latency in nanoseconds; 0 when there was no operation, as the others
    /// @param p95 95th percentile in nanoseconds
    /// @param p99 99th percentile in nanoseconds
    /// @param max largest latency in nanoseconds
    public record OperationSample(double throughput, double errors, long p50, long p95, long p99, long max) {
        /// No operation took place.
        public static final OperationSample NONE = new OperationSample(0, 0, 0, 0, 0, 0);
    }

    /// The connection pool.
    ///
    /// @param active connections in use
    /// @param idle connections open and free
    /// @param waiting threads that wait for a connection
    /// @param limit the pool's upper limit
    /// @param waitP99 99th percentile of the wait for a connection over the last second, in nanoseconds
    /// @param holdP99 99th percentile of the time a connection was held over the last second, in nanoseconds
    /// @param timeouts waits that ended without a connection, per second
    public record PoolSample(int active, int idle, int waiting, int limit, long waitP99, long holdP99,
            double timeouts) {
        /// Before a pool exists.
        public static final PoolSample NONE = new PoolSample(0, 0, 0, 0, 0, 0, 0);
    }

    /// What is acknowledged and not yet where it will stay.
    ///
    /// @param round messages in RoundBuffers
    /// @param hybrid messages in HybridBuffers
    /// @param inFlight messages on their way into the database
    /// @param queued flushes that wait for a worker
    /// @param extraction layers of rounds that wait to be built
    public record BufferSample(int round, int hybrid, int inFlight, int queued, int extraction) {
        /// Nothing waits.
        public static final BufferSample EMPTY = new BufferSample(0, 0, 0, 0, 0);
    }

    /// What is acknowledged from the journal and not yet in the database.
    ///
    /// @param rounds rounds that wait
    /// @param bytes their size in the journal
    /// @param oldestSeconds age of the oldest; 0 when none waits
    /// @param drainSeconds expected time until nothing waits, from the rate of the last seconds; 0 when nothing waits,
    ///        infinite while nothing moves
    /// @param forceP99 99th percentile of the time of a `force` to disk lately, in nanoseconds
    /// @param degraded whether the database cannot be reached
    /// @param poisoned whether the journal failed and nothing is acknowledged from it until a restart
    public record JournalSample(long rounds, long bytes, double oldestSeconds, double drainSeconds, long forceP99,
            boolean degraded, boolean poisoned) {
        /// Nothing waits.
        public static final JournalSample EMPTY = new JournalSample(0, 0, 0, 0, 0, false, false);
    }

    /// The process.
    ///
    /// @param heapUsed bytes in use after the last garbage collection; 0 before the first
    /// @param heapLimit bytes
    /// @param cpu share of all processors used by this process, 0..1
    /// @param gcMillis time in garbage collection during the last second, in milliseconds
    public record ResourceSample(long heapUsed, long heapLimit, double cpu, double gcMillis) {}

    /// The sample of one operation; [OperationSample#NONE] when it did not occur.
    public OperationSample operation(Operation operation) {
        return operations.getOrDefault(operation, OperationSample.NONE);
    }
}
