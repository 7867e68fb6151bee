package dev.memfuse.engine.model;

/// How urgently a text is to be embedded.
public enum Urgency {
    /// Somebody waits for the answer to a query: before all bulk work, on a thread of its own.
    QUERY,
    /// Work behind the acknowledgement.
    BULK
}
