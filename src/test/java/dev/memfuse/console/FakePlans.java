package dev.memfuse.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.PlanNode;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;

/// Plans of two calls with two statements each.
public final class FakePlans implements StatementPlans {
    /// Calls that were explained, with the user that was asked for.
    public final List<String> explained = new ArrayList<>();
    /// Why explaining fails; empty when it does not.
    public String problem = "";

    @Override
    public List<Call> calls() {
        return List.of(new Call("page-messages", "Page through the messages of a session", false),
                new Call("delete-user", "Delete a user with all data", true));
    }

    @Override
    public ExplainedCall explain(String call, Optional<String> user) {
        explained.add(call + " " + user.orElse("first"));
        if (!problem.isEmpty()) {
            throw new EngineException(problem);
        }
        PlanNode scan = new PlanNode("Index Scan using messages_session on messages",
                List.of("Index Cond: ((user_id = $1) AND (session_id = $2))"), 1.84, 1.84, 50, 48, 1, 37, 12,
                List.of(), true);
        PlanNode unused = new PlanNode("Seq Scan on sessions", List.of(), 0, 0, 0, 10, 0, 0, 0, List.of(), false);
        PlanNode root = new PlanNode("Limit", List.of(), 0.02, 1.86, 50, 50, 1, 37, 12, List.of(scan, unused), false);
        return new ExplainedCall(call, user.orElse("alice"), List.of(
                new StatementPlan("SELECT message_id, content\nFROM messages WHERE user_id = ? AND session_id = ? "
                        + "ORDER BY sequence DESC LIMIT ?", 1, 0.21, 1.88, root),
                new StatementPlan("SELECT content FROM messages WHERE user_id = ? AND message_id = ?", 50, 0.1, 0.03,
                        new PlanNode("Index Scan using messages_pkey on messages", List.of(), 0.03, 0.03, 1, 1, 1, 3,
                                0, List.of(), true))));
    }
}
