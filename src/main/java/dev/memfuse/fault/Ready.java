package dev.memfuse.fault;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/// What the reading thread does when a channel is ready; attached to the channel's key.
@FunctionalInterface
interface Ready {
    /// Does the work without blocking.
    ///
    /// @param scratch a buffer for the duration of the call
    void run(SelectionKey key, ByteBuffer scratch);
}
