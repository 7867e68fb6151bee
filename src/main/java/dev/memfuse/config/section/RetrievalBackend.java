package dev.memfuse.config.section;

/// The component that ranks a query.
public enum RetrievalBackend {
    /// This process, with an index per user on disk that is derived from the database.
    EMBEDDED,
    /// The database, for several processes on one store; requires pgvector.
    POSTGRES
}
