package dev.memfuse.engine.plan;

import java.util.List;

/// A call with the plans of its statements.
///
/// @param call name of the call
/// @param user name of the user
/// @param statements the statements in the order in which they were sent first
public record ExplainedCall(String call, String user, List<StatementPlan> statements) {
    public ExplainedCall {
        statements = List.copyOf(statements);
    }

    /// Returns the number of executions of all statements.
    public int executions() {
        return statements.stream().mapToInt(StatementPlan::executions).sum();
    }
}
