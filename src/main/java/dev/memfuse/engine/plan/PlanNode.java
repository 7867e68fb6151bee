package dev.memfuse.engine.plan;

import java.util.List;

/// A step of a plan.
///
/// @param title kind of the step with its table or index: `Index Scan using messages_session on messages`
/// @param details conditions and notes of the server, one line each
/// @param selfMillis time of the step without that of the steps below it, over all loops
/// @param totalMillis time of the step with those below it, over all loops
/// @param rows rows that it returned, over all loops
/// @param plannedRows rows that the server expected, of one loop
/// @param loops times that it ran; 0 for a step that was never needed
/// @param hitBlocks blocks of 8 KiB found in the memory of the server, those of the steps below included
/// @param readBlocks blocks that were read from disk or the operating system, likewise
/// @param children the steps below it
/// @param slowest whether it took the most time by itself
public record PlanNode(String title, List<String> details, double selfMillis, double totalMillis, double rows,
        double plannedRows, long loops, long hitBlocks, long readBlocks, List<PlanNode> children, boolean slowest) {
    public PlanNode {
        details = List.copyOf(details);
        children = List.copyOf(children);
    }
}
