package dev.memfuse.engine;

import java.util.Set;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;

/// Selects facts of a user.
///
/// @param types restricts to these types; empty takes all
/// @param minConfidence lowest confidence, 0..1
/// @param versions whether to include superseded facts
/// @param limit maximum number of facts, 1..10000
public record FactQuery(Set<String> types, double minConfidence, Versions versions, int limit) {
    private static final int MAX_LIMIT = 10_000;

    /// Versions of facts.
    public enum Versions {
        /// Current facts.
        CURRENT,
        /// Current and superseded facts.
        HISTORY
    }

    /// @throws InvalidValueException when a value is null or out of range
    public FactQuery {
        types = Set.copyOf(ValueCheck.elements("types", types));
        types.forEach(type -> TextCheck.storable("types", type));
        ValueCheck.range("minConfidence", minConfidence, 0, 1);
        ValueCheck.present("versions", versions);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
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
