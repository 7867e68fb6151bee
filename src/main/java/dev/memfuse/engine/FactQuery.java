package dev.memfuse.engine;

import java.util.Set;

/// Which facts to read.
///
/// @param types only facts of these types; empty takes all
/// @param minConfidence only facts at least this certain, 0..1
/// @param versions whether superseded facts are wanted too
/// @param limit at most so many, 1..10000
public record FactQuery(Set<String> types, double minConfidence, Versions versions, int limit) {

    /// Which versions of what is known.
    public enum Versions {
        /// What holds now.
        CURRENT,
        /// Also what was superseded.
        HISTORY
    }

    public FactQuery {
        types = Set.copyOf(types);
    }

    /// What holds now.
    public static FactQuery current(int limit) {
        return new FactQuery(Set.of(), 0, Versions.CURRENT, limit);
    }

    /// What holds now and what held before.
    public static FactQuery history(int limit) {
        return new FactQuery(Set.of(), 0, Versions.HISTORY, limit);
    }
}
