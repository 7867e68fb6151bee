package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.spi.WorkItem;

/// Builds one layer of a stored round and ends its work item in storage. After an exception the item is retried.
@FunctionalInterface
public interface LayerTask {
    /// Builds and stores the layer. Blocks. A lost lease is no failure: another process has the item then.
    void build(WorkItem item);

    /// Called after an item was marked as failed for good. Does not block.
    default void failed(WorkItem item) {}
}
