package dev.memfuse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Plans as plain text, for the clipboard and the terminal.
public final class PlanText {
    private static final String INDENT = "  ";

    private PlanText() {}

    /// Returns the lines of a statement: its text, its times and its plan, a line each step.
    public static List<String> of(StatementPlan plan) {
        List<String> lines = new ArrayList<>(plan.text().strip().lines().map(String::stripTrailing).toList());
        lines.add(times(plan));
        add(lines, plan.root(), 0);
        return lines;
    }

    /// Returns the times of a statement as a sentence.
    public static String times(StatementPlan plan) {
        return String.format(Locale.ROOT, "Executed in %.3f ms, planned in %.3f ms%s.", plan.executionMillis(),
                plan.planningMillis(),
                plan.repeated() ? "; sent " + plan.executions() + " times (N+1), this is the first" : "");
    }

    private static void add(List<String> lines, PlanNode node, int depth) {
        lines.add(INDENT.repeat(depth) + node.title() + figures(node) + (node.slowest() ? "  <- slowest" : ""));
        node.details().forEach(detail -> lines.add(INDENT.repeat(depth + 2) + detail));
        node.children().forEach(child -> add(lines, child, depth + 1));
    }

    private static String figures(PlanNode node) {
        return node.loops() == 0
                ? "  (never executed)"
                : String.format(Locale.ROOT,
                        "  (self %.3f ms, total %.3f ms, rows %.0f of %.0f expected, loops %d, blocks %d hit %d read)",
                        node.selfMillis(), node.totalMillis(), node.rows(), node.plannedRows() * node.loops(),
                        node.loops(), node.hitBlocks(), node.readBlocks());
    }
}
