package dev.memfuse.config.section;

/// Where a query is ranked.
public enum RetrievalBackend {
    /// In this process, by an index per user on disk that is derived from the database.
    EMBEDDED,
    /// In the database, for several processes on one store; needs pgvector.
    POSTGRES
}
