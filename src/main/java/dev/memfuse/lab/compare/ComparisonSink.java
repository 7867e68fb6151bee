package dev.memfuse.lab.compare;

/// Takes what a comparison measured, before its result is published.
@FunctionalInterface
public interface ComparisonSink {
    /// Ignores what the comparison measured.
    ComparisonSink NONE = (_, _, _) -> {};

    /// Called once, on the thread of the comparison; not called for one that failed. An exception is reported and does
    /// not affect the result.
    ///
    /// @param plan the plan with the rate and the length of the blocks that were chosen
    /// @param latencies of each block
    void ended(ComparisonPlan plan, ComparisonResult result, BlockLatencies latencies);
}
