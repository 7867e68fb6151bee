package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;

import dev.memfuse.config.section.PostgresConfig;

/// Hands out connections of the pool that belongs to a database URL. Two forms exist, chosen by `postgres.manager` for
/// each use. Thread-safe.
interface ConnectionManager {

    /// A connection, to be closed by the caller. Waits at most `pool_timeout`.
    ///
    /// @param settings the configuration in force for this use
    /// @param user the object that will use the connection
    Connection acquire(String url, PostgresConfig settings, Object user) throws SQLException;
}
