package dev.memfuse.inspect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Signal;

/// Why a query did not return a message, or that it did.
///
/// @param rank best rank of the message, or of a chunk or fact from it, from 1; empty when it was not ranked among the
///        first 1000
/// @param hit the entry of that rank with its shares
/// @param last the last hit that the query returned, to compare with; empty when there is none
/// @param differences points of the last hit minus points of the entry, the largest first
/// @param sentence the reason for the user
public record WhyNot(UUID messageId, Outcome outcome, OptionalInt rank, Optional<Hit> hit, Optional<Hit> last,
        List<Difference> differences, String sentence) {
    public WhyNot {
        differences = List.copyOf(differences);
    }

    /// Where the message fell out.
    public enum Outcome {
        RETURNED,
        /// Among the best, but its text did not fit into the rest of the token budget.
        BUDGET,
        /// Ranked below the requested number of hits.
        RANK,
        /// The filter excludes it.
        FILTER,
        /// Not among the entries that the ranking returns.
        NOT_RANKED,
        /// The user has no such message, or it cannot be read now.
        UNKNOWN
    }

    /// Difference of one signal.
    ///
    /// @param points positive when the last hit has more
    public record Difference(Signal signal, double points) {}
}
