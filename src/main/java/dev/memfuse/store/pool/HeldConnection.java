package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;

import dev.memfuse.metrics.Trace;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection in use.
///
/// @param pool the pool that it came from, which may be replaced meanwhile
/// @param since start on the clock of [System#nanoTime]
/// @param action purpose of the lease
/// @param trace the clock of its thread, for its operation and stage
record HeldConnection(ConnectionPool pool, long since, Thread user, String action, Trace trace) {
    private static final Logger LOG = LoggerFactory.getLogger(HeldConnection.class);

    /// Cancels the statement that runs on a connection.
    static void cancel(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.debug("Database: a statement could not be cancelled", e);
        }
    }
}
