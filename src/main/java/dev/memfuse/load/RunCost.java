package dev.memfuse.load;

/// What a run cost this process, from the start of its measured part until its messages were stored. The load
/// generator is included, since it shares the process.
///
/// @param processorNanos processor time of all threads in nanoseconds
/// @param allocatedBytes bytes that all platform threads allocated; those of virtual threads are allocated on their
///        carriers
/// @param storingNanos time from the end of the measured part until all messages were stored, in nanoseconds
public record RunCost(long processorNanos, long allocatedBytes, long storingNanos) {
    /// The cost of a run that was not measured.
    public static final RunCost NONE = new RunCost(0, 0, 0);
}
