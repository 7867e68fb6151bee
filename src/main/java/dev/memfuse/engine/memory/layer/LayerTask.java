package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.spi.WorkItem;

/// Builds one layer from one stored round and ends its work item in storage; or throws, and the item goes back.
@FunctionalInterface
public interface LayerTask {
    /// Blocks until the layer is stored. A lease lost meanwhile is no failure: somebody else has the item then.
    void build(WorkItem item);
}
