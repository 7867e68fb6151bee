package dev.memfuse.store.pool;

import dev.memfuse.metrics.Trace;

/// A connection in use.
///
/// @param since start on the clock of [System#nanoTime]
/// @param action purpose of the lease
/// @param trace the clock of its thread, for its operation and stage
record HeldConnection(long since, Thread user, String action, Trace trace) {}
