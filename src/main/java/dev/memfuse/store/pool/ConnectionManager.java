package dev.memfuse.store.pool;

import java.sql.SQLException;

import dev.memfuse.config.section.PostgresConfig;

/// Takes connections from the pool of a database URL. `postgres.manager` chooses between two implementations for each
/// use. Thread-safe.
interface ConnectionManager {

    /// Returns a connection, which the caller closes. Waits at most `pool_timeout`.
    ///
    /// @param settings the configuration in force for this use
    /// @param user the object that will use the connection
    TakenConnection acquire(String url, PostgresConfig settings, Object user) throws SQLException;
}
