package dev.memfuse.store.pool;

import java.time.Duration;

/// A connection that has been in use for long, so that it may be lost.
///
/// @param age time since the lease began
/// @param silence time for which its user has waited for the server without receiving anything; zero when it does not
///        wait
record StalledLease(Duration age, Duration silence) {}
