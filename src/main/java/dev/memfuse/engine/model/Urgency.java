package dev.memfuse.engine.model;

/// Urgency of a text to embed.
public enum Urgency {
    /// A query whose caller waits: before all bulk work, on a separate thread.
    QUERY,
    /// Background work.
    BULK
}
