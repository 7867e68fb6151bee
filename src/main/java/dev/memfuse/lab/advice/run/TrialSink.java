package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.compare.BlockLatencies;

/// Takes what a trial measured, before its result is published.
@FunctionalInterface
public interface TrialSink {
    /// Ignores what the trial measured.
    TrialSink NONE = (_, _, _) -> {};

    /// Called once, on the thread of the trial; must not fail.
    ///
    /// @param plan the plan with the rate and the length of the blocks that were used
    /// @param latencies of each block
    void ended(TrialPlan plan, AdviceTrial trial, BlockLatencies latencies);
}
