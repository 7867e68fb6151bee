package dev.memfuse.engine.memory;

import java.util.UUID;

import dev.memfuse.engine.Layer;
import dev.memfuse.engine.SessionKey;

/// Builds one layer from one stored round and ends its work item in storage; or throws, and the item stays.
@FunctionalInterface
public interface LayerWork {
    /// Blocks until the layer is stored.
    void build(Layer layer, SessionKey session, UUID roundId);
}
