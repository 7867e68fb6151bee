package dev.memfuse.engine.memory.semantic;

import dev.memfuse.engine.Fact;

/// Decides whether a new fact contradicts a known one.
@FunctionalInterface
interface ConflictJudge {
    /// Relation of two facts.
    enum Verdict {
        /// Both can hold.
        COMPATIBLE,
        /// They contradict each other, and nothing says that the newer one replaces the older one.
        DOUBTFUL,
        /// They contradict each other, and the newer one replaces the older one.
        REPLACED
    }

    /// Returns the relation of a new fact to a candidate.
    ///
    /// @param known a current fact that is similar, or about the same property of the same thing
    Verdict judge(Fact fresh, Fact known);
}
