package dev.memfuse.store.pool;

import java.time.Duration;
import java.util.Optional;

/// A connection that has been in use for long, so that it may be lost.
///
/// @param age time since the lease began
/// @param waiting time for which its user has waited for the server without sending or receiving anything; empty when
///        it does not wait, or when its socket does not tell
record StalledLease(Duration age, Optional<Duration> waiting) {}
