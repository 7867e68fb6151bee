package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.spi.WorkItem;

/// Builds one layer of a stored round and ends its work item in storage. After an exception the item is retried.
@FunctionalInterface
public interface LayerTask {
    /// Builds and stores the layer. Blocks. A lost lease is no failure: another process has the item then.
    ///
    /// @throws PostponedException when the layer cannot be built now
    void build(WorkItem item);

    /// Builds and stores the layer without a call of the language model. Blocks.
    ///
    /// @param reason why the model is not asked, a sentence
    default void buildByRules(WorkItem item, String reason) {
        build(item);
    }

    /// Returns whether [#build] asks a language model.
    default boolean usesModel() {
        return false;
    }

    /// Called after an item was marked as failed for good. Does not block.
    default void failed(WorkItem item) {}
}
