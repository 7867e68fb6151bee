package dev.memfuse.load;

import java.util.OptionalDouble;

import dev.memfuse.metrics.WorkCounts;

/// What a run cost, from the start of its warm-up until its acknowledged messages were stored, so that the work behind
/// an acknowledgement counts too. A load generator that shares the process is included.
///
/// @param operations operations that ended in that time, warm-up included
/// @param processorNanos processor time of all threads in nanoseconds
/// @param allocatedBytes bytes that all platform threads allocated; those of virtual threads are allocated on their
///        carriers
/// @param leases leases of a connection
/// @param writeTransactions transactions of the database server that wrote; negative when it did not answer
/// @param walBytes write-ahead log of the database server; negative when it did not answer
/// @param storingNanos time from the end of the measured part until all messages were stored, in nanoseconds
/// @param work statements, rows, traffic and calls of models; those of probes and of background work are included
public record RunCost(long operations, long processorNanos, long allocatedBytes, long leases, long writeTransactions,
        long walBytes, long storingNanos, WorkCounts work) {
    /// The cost of a run that was not measured.
    public static final RunCost NONE = new RunCost(0, 0, 0, 0, -1, -1, 0, WorkCounts.NONE);

    /// Returns the share of one operation in a cost; empty without operations, or when the cost is not known.
    ///
    /// @param cost a component of this record; negative when it is not known
    public OptionalDouble perOperation(long cost) {
        return operations == 0 || cost < 0 ? OptionalDouble.empty() : OptionalDouble.of((double) cost / operations);
    }
}
