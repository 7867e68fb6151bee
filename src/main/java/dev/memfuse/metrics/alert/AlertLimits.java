package dev.memfuse.metrics.alert;

/// The limits of the rules; a value above its limit raises an alert.
///
/// @param connectionPoolAccess p99 wait for a connection, in nanoseconds
/// @param add p99 latency of an add, in nanoseconds
/// @param query p99 latency of a query, in nanoseconds
/// @param errorRate failed operations divided by all, 0..1
/// @param heapUsed used heap after a collection divided by its limit, 0..1
public record AlertLimits(long connectionPoolAccess, long add, long query, double errorRate, double heapUsed) {}
