package dev.memfuse.engine.memory.semantic;

import java.util.List;

import dev.memfuse.engine.Fact;

/// Finds known facts that contradict a new one.
@FunctionalInterface
interface ConflictJudge {
    /// Returns the candidates that the new fact contradicts.
    ///
    /// @param candidates current facts that are similar, or about the same property of the same thing; at least one
    List<Fact> contradicted(Fact fresh, List<Fact> candidates);
}
