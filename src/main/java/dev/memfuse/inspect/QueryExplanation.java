package dev.memfuse.inspect;

import java.util.List;

import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.QueryResult.Hit;

/// A query's result with what it left out, and why.
///
/// @param request the request with its number of hits in numbers
/// @param result hits with the shares of their scores
/// @param leftOut entries that the budget, the number of hits or the filter left out, in this order, best first
public record QueryExplanation(QueryRequest request, QueryResult result, List<LeftOut> leftOut) {
    public QueryExplanation {
        leftOut = List.copyOf(leftOut);
    }

    /// Why an entry is not among the hits.
    public enum Reason {
        /// Among the best, but its text did not fit into the rest of the token budget.
        BUDGET,
        /// Ranked below the requested number of hits.
        RANK,
        /// Would be among the best without the filter.
        FILTER
    }

    /// An entry that was left out.
    ///
    /// @param rank its rank, from 1: among all entries for [Reason#FILTER], else among those that match the filter
    /// @param sentence the reason for the user
    public record LeftOut(Hit hit, int rank, Reason reason, String sentence) {}
}
