package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;

/// A connection that a pool granted; closing returns it.
///
/// @param pool the pool that it came from, which may be replaced meanwhile
record TakenConnection(Connection connection, ConnectionPool pool) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
