package dev.memfuse.metrics;

import java.util.Locale;

/// Where the time of an operation goes. At each instant an operation is in exactly one stage, so the stages of an
/// operation add up to its total.
public enum Stage {
    /// Between the scheduled and the actual start; only a load run knows it.
    SCHEDULE,
    /// Finding or building the user's service.
    SERVICE,
    /// Writing the durable journal before the buffers.
    JOURNAL,
    /// RoundBuffer, HybridBuffer, counting tokens, and waiting for a place in the flush queue.
    BUFFER,
    /// Waiting for a database connection.
    ACQUIRE,
    /// Statements and commits.
    SQL,
    /// The embedding model, including the wait for a free worker.
    EMBED,
    /// A language model.
    LLM,
    /// Scoring, fusing and ranking.
    FUSE,
    /// Everything that no other stage claims.
    OTHER;

    /// The name used in results and on screen: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
