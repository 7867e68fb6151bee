package dev.memfuse.metrics;

/// Work of the engine that is counted beside its time. Each kind is a number of events since the start of the process.
public enum Work {
    /// SQL statements that were executed; each entry of a batch is one. `BEGIN` and `COMMIT` are not included.
    STATEMENTS,
    /// Rows that statements returned or changed.
    ROWS,
    /// Waits for an answer of the database server: sent data followed by received data, `COMMIT` included.
    ROUND_TRIPS,
    /// Bytes sent to and received from the database server, those of encryption included.
    DATABASE_BYTES,
    /// Calls of the embedding model; one call embeds a batch of texts, which may be of several operations.
    EMBEDDING_CALLS,
    /// Texts that the embedding model embedded.
    EMBEDDED_TEXTS,
    /// Requests to a language model, repetitions included.
    LANGUAGE_MODEL_CALLS,
    /// Leases of a connection during which the same thread waited for a model: a defect.
    MODEL_LEASES,
    /// Reads that a replica answered.
    REPLICA_READS,
    /// Reads for a replica that the primary server answered: no replica was there, or had what the user wrote.
    REPLICA_FALLBACKS
}
