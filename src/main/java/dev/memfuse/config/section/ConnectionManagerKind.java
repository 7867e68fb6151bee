package dev.memfuse.config.section;

/// Which connection manager leases connections: the plan's "after" or its "before".
public enum ConnectionManagerKind {
    /// One double-checked pool lookup and nothing else per use (plan 1.1).
    OPTIMIZED,
    /// A lock, a `SELECT 1`, a weak reference and a resolution of the configuration hierarchy per use.
    LEGACY
}
