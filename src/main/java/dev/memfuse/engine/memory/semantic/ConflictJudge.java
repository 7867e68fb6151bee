package dev.memfuse.engine.memory.semantic;

import java.util.List;

import dev.memfuse.engine.Fact;

/// Says which known facts cannot hold together with a new one.
@FunctionalInterface
interface ConflictJudge {
    /// @param candidates current facts that are similar, or about the same property of the same thing; at least one
    /// @return those that the new fact contradicts
    List<Fact> contradicted(Fact fresh, List<Fact> candidates);
}
