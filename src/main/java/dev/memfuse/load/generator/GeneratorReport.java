package dev.memfuse.load.generator;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What a generator says about itself at the end of a run.
///
/// @param userWaits adds that waited for a user, since all were adding
/// @param process the process of its own; null when the generator shared that of the engine
public record GeneratorReport(long userWaits, @Nullable OwnProcess process) {

    /// A generator in a process of its own.
    ///
    /// @param pid its process id
    /// @param heapLimitBytes maximum size of its heap
    /// @param processorNanos processor time of the measured part
    /// @param gcMillis milliseconds of pauses of its collector in the measured part
    /// @param pauses pauses of the process in the measured part, in nanoseconds
    /// @param channel cost of the channel for each operation of the measured part, in nanoseconds: service time minus
    ///        the time of the engine's call
    public record OwnProcess(long pid, long heapLimitBytes, long processorNanos, long gcMillis, Histogram pauses,
            Histogram channel) {}
}
