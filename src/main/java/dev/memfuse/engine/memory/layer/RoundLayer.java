package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.spi.WorkItem;

/// M1 or M2 of rounds. Thread-safe.
@FunctionalInterface
public interface RoundLayer {
    /// Builds and stores the layer of a round, and ends its work item. Blocks.
    ///
    /// @param round chooses between the language model and rules
    void build(WorkItem item, LanguageRound round);
}
