package dev.memfuse.engine.memory;

import dev.memfuse.engine.WorkItem;

/// Builds one layer from one stored round and ends its work item in storage; or throws, and the item goes back.
@FunctionalInterface
public interface LayerWork {
    /// Blocks until the layer is stored. A lease lost meanwhile is no failure: somebody else has the item then.
    void build(WorkItem item);
}
