package dev.memfuse.lab.advice.run;

import dev.memfuse.config.MemFuseConfig;

/// Takes a report of advice, before it is published.
@FunctionalInterface
public interface AdviceSink {
    /// Ignores the report.
    AdviceSink NONE = (_, _, _) -> {};

    /// Called once, on the thread of the run; must not fail.
    ///
    /// @param config settings under which the load ran
    void ended(AdvicePlan plan, MemFuseConfig config, AdviceReport report);
}
