package dev.memfuse.metrics;

import java.time.Instant;
import java.util.Map;

/// The state of the engine at one instant. Immutable; taken `monitoring.sample_rate` times per second.
///
/// @param at time of the snapshot
/// @param intervalSeconds measured time since the previous snapshot
/// @param operations by operation, over the last complete second; without the operations that did not occur
/// @param stages mean time per operation in each stage over the last complete second, in nanoseconds; operations of
///        callers only (add, query, list, read, delete)
/// @param pool connections at this instant, and leases over the last complete second
/// @param buffers pending work at this instant
/// @param journal rounds in the journal that are not yet in the database, at this instant
/// @param resources resource usage of the process at this instant
/// @param second number of the last complete second; snapshots with the same number describe the same second
public record MetricsSnapshot(Instant at, double intervalSeconds, Map<Operation, OperationSample> operations,
        Map<Stage, Double> stages, PoolSample pool, BufferSample buffers, JournalSample journal,
        ResourceSample resources, long second) {

    /// Creates a snapshot whose complete second is the one of its time.
    public MetricsSnapshot(Instant at, double intervalSeconds, Map<Operation, OperationSample> operations,
            Map<Stage, Double> stages, PoolSample pool, BufferSample buffers, JournalSample journal,
            ResourceSample resources) {
        this(at, intervalSeconds, operations, stages, pool, buffers, journal, resources, at.getEpochSecond());
    }

    /// Returns the calls per second: operations that callers wait for, each counted once.
    public double callsPerSecond() {
        return operations.entrySet().stream().filter(entry -> entry.getKey().isOfCaller())
                .mapToDouble(entry -> entry.getValue().throughput()).sum();
    }

    /// Returns the errors per second of all operations, background work and waits for a connection included.
    public double errorsPerSecond() {
        return operations.values().stream().mapToDouble(OperationSample::errors).sum() + pool.timeouts();
    }

    /// One kind of operation over one second.
    ///
    /// @param throughput operations per second
    /// @param errors failed operations per second
    /// @param p50 median latency in nanoseconds; all latencies are 0 when no operation ended
    /// @param p95 95th percentile in nanoseconds
    /// @param p99 99th percentile in nanoseconds
    /// @param max largest latency in nanoseconds
    /// @param count number of operations that ended, the samples of the percentiles
    /// @param scheduledP99 99th percentile from the scheduled start, of successful operations of an open load; 0
    ///        without any
    public record OperationSample(double throughput, double errors, long p50, long p95, long p99, long max,
            long count, long scheduledP99) {
        /// The sample without an operation.
        public static final OperationSample NONE = new OperationSample(0, 0, 0, 0, 0, 0, 0);

        /// Creates a sample without an open load.
        public OperationSample(double throughput, double errors, long p50, long p95, long p99, long max, long count) {
            this(throughput, errors, p50, p95, p99, max, count, 0);
        }

        /// Creates a sample of exactly one second.
        public OperationSample(double throughput, double errors, long p50, long p95, long p99, long max) {
            this(throughput, errors, p50, p95, p99, max, Math.round(throughput));
        }
    }

    /// The connection pool.
    ///
    /// @param active connections in use
    /// @param idle open connections that are not in use
    /// @param waiting threads that wait for a connection
    /// @param limit maximum size of the pool
    /// @param waitP99 99th percentile of the wait for a connection over the last second, in nanoseconds
    /// @param holdP99 99th percentile of the time a connection was held over the last second, in nanoseconds
    /// @param timeouts waits that timed out, per second
    /// @param waits number of waits over the last second, the samples of `waitP99`
    public record PoolSample(int active, int idle, int waiting, int limit, long waitP99, long holdP99,
            double timeouts, long waits) {
        /// The sample without a pool.
        public static final PoolSample NONE = new PoolSample(0, 0, 0, 0, 0, 0, 0);

        /// Creates a sample of an unknown number of waits.
        public PoolSample(int active, int idle, int waiting, int limit, long waitP99, long holdP99, double timeouts) {
            this(active, idle, waiting, limit, waitP99, holdP99, timeouts, 0);
        }
    }

    /// Acknowledged messages that are not yet in the database, and pending extraction.
    ///
    /// @param round messages in RoundBuffers
    /// @param hybrid messages in HybridBuffers
    /// @param inFlight messages that a flush is storing
    /// @param queued flushes that wait for a worker
    /// @param extraction pending layers of rounds
    /// @param vectors stored messages without a vector
    /// @param vectorsPerSecond messages that receive one per second, an average of the last minutes
    public record BufferSample(int round, int hybrid, int inFlight, int queued, int extraction, int vectors,
            double vectorsPerSecond) {
        /// Empty buffers.
        public static final BufferSample EMPTY = new BufferSample(0, 0, 0, 0, 0, 0, 0);
    }

    /// The backlog of the journal: rounds that are acknowledged and not yet in the database.
    ///
    /// @param rounds number of rounds
    /// @param bytes their size in the journal
    /// @param oldestSeconds age of the oldest round; 0 without a backlog
    /// @param drainSeconds expected time to drain at the rate of the last seconds; 0 without a backlog, infinite while
    ///        nothing is stored
    /// @param forceP99 99th percentile of the duration of a `force` to disk over about a second, in nanoseconds
    /// @param degraded whether the database cannot be reached
    /// @param poisoned whether the journal failed and acknowledges nothing until a restart
    /// @param deadLetters number of rounds that the database refused for their content
    /// @param writesRefused whether the database answers and refuses all writes, for instance because its disk is full
    /// @param forces number of forces over about a second, the samples of `forceP99`
    public record JournalSample(long rounds, long bytes, double oldestSeconds, double drainSeconds, long forceP99,
            boolean degraded, boolean poisoned, int deadLetters, boolean writesRefused, long forces) {
        /// No backlog.
        public static final JournalSample EMPTY = new JournalSample(0, 0, 0, 0, 0, false, false);

        /// Creates a sample without dead letters.
        public JournalSample(long rounds, long bytes, double oldestSeconds, double drainSeconds, long forceP99,
                boolean degraded, boolean poisoned) {
            this(rounds, bytes, oldestSeconds, drainSeconds, forceP99, degraded, poisoned, 0);
        }

        /// Creates a sample of an unknown number of forces.
        public JournalSample(long rounds, long bytes, double oldestSeconds, double drainSeconds, long forceP99,
                boolean degraded, boolean poisoned, int deadLetters, boolean writesRefused) {
            this(rounds, bytes, oldestSeconds, drainSeconds, forceP99, degraded, poisoned, deadLetters, writesRefused,
                    0);
        }

        /// Creates a sample of a database that takes writes or cannot be reached.
        public JournalSample(long rounds, long bytes, double oldestSeconds, double drainSeconds, long forceP99,
                boolean degraded, boolean poisoned, int deadLetters) {
            this(rounds, bytes, oldestSeconds, drainSeconds, forceP99, degraded, poisoned, deadLetters, false);
        }
    }

    /// Resource usage of the process.
    ///
    /// @param heapUsed bytes in use after the last garbage collection; 0 before the first
    /// @param heapLimit maximum size of the heap in bytes
    /// @param cpu share of all processors that this process used, 0..1, over the last complete second
    /// @param gcMillis milliseconds of garbage collection per second, over the last complete second; some collectors
    ///        work beside the running program
    /// @param pauseMillis milliseconds per second for which the collector stopped the program, over the last complete
    ///        second
    /// @param hiccup longest time by which a thread woke up late in the last complete second, in nanoseconds
    public record ResourceSample(long heapUsed, long heapLimit, double cpu, double gcMillis, double pauseMillis,
            long hiccup) {
        /// Creates a sample without pauses.
        public ResourceSample(long heapUsed, long heapLimit, double cpu, double gcMillis) {
            this(heapUsed, heapLimit, cpu, gcMillis, 0, 0);
        }

        /// Returns the share of the heap that was in use after the last garbage collection, 0..1.
        public double heapShare() {
            return heapLimit == 0 ? 0 : (double) heapUsed / heapLimit;
        }
    }

    /// Returns the sample of one operation; [OperationSample#NONE] when it did not occur.
    public OperationSample operation(Operation operation) {
        return operations.getOrDefault(operation, OperationSample.NONE);
    }
}
