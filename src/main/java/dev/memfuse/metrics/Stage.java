package dev.memfuse.metrics;

import java.util.Locale;

/// The stages of an operation. At each instant an operation is in exactly one stage, so its stages add up to its total
/// time.
public enum Stage {
    /// Between the scheduled and the actual start; measured by load runs only.
    SCHEDULE,
    /// Finding or building the user's service.
    SERVICE,
    /// Waiting for memory for the service's own model session; with `services.cache: false` only.
    MODEL,
    /// Writing to the durable journal before the buffers.
    JOURNAL,
    /// RoundBuffer, HybridBuffer, token counting, and waiting for a place in the flush queue.
    BUFFER,
    /// Waiting for a database connection.
    ACQUIRE,
    /// Statements and commits.
    SQL,
    /// The embedding model, including the wait for a free worker.
    EMBED,
    /// A language model.
    LLM,
    /// Opening the user's index, comparing it with the database and applying pending changes.
    INDEX,
    /// Scoring, fusing and ranking.
    FUSE,
    /// Reading the body of a request over HTTP and writing its answer, without the network.
    HTTP,
    /// Time outside the other stages.
    OTHER;

    /// Returns the name in results and on screen: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
