package dev.memfuse.engine;

import java.util.Set;

/// Selects facts of a user.
///
/// @param types restricts to these types; empty takes all
/// @param minConfidence lowest confidence, 0..1
/// @param versions whether to include superseded facts
/// @param limit maximum number of facts, 1..10000
public record FactQuery(Set<String> types, double minConfidence, Versions versions, int limit) {

    /// Versions of facts.
    public enum Versions {
        /// Current facts.
        CURRENT,
        /// Current and superseded facts.
        HISTORY
    }

    public FactQuery {
        types = Set.copyOf(types);
    }

    /// Selects current facts of all types.
    public static FactQuery current(int limit) {
        return new FactQuery(Set.of(), 0, Versions.CURRENT, limit);
    }

    /// Selects current and superseded facts of all types.
    public static FactQuery history(int limit) {
        return new FactQuery(Set.of(), 0, Versions.HISTORY, limit);
    }
}
