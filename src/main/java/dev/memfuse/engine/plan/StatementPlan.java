package dev.memfuse.engine.plan;

/// A statement with the plan of its first execution.
///
/// @param text the statement, with `?` for its parameters
/// @param executions times that the call sent it, each time with other parameters
/// @param planningMillis time that the server took to plan it
/// @param executionMillis time that the server took to execute it
/// @param root the plan
public record StatementPlan(String text, int executions, double planningMillis, double executionMillis,
        PlanNode root) {

    /// Returns whether the call sent the statement more than once: a round trip for each row (N+1) in place of one for
    /// all.
    public boolean repeated() {
        return executions > 1;
    }
}
