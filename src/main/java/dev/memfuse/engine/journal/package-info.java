/// The durable log before the buffers: what it acknowledged is on the disk and comes back after any crash. Owns its
/// folder of segments, the checkpoint and the quarantine; knows nothing of buffers, storage or SQL.
@NullMarked
package dev.memfuse.engine.journal;

import org.jspecify.annotations.NullMarked;
