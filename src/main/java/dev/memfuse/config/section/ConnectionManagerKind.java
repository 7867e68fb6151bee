package dev.memfuse.config.section;

/// The connection manager that leases connections: the plan's "after" or its "before".
public enum ConnectionManagerKind {
    /// One double-checked pool lookup per use (plan 1.1).
    OPTIMIZED,
    /// A lock, a `SELECT 1`, a weak reference and a resolution of the configuration hierarchy per use.
    LEGACY
}
