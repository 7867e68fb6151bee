package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.postgresql.PGConnection;

/// Recognizes a connection pooler between the program and the server, for instance PgBouncer. A pooler answers the
/// login itself and sends a key of its own to cancel statements, so its process id is not that of the server's process.
public final class Pooler {
    private Pooler() {}

    /// Returns whether a pooler is between the two ends of a connection. Runs one statement.
    public static boolean isBetween(Connection connection) throws SQLException {
        int loggedInTo = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            return row.next() && row.getInt(1) != loggedInTo;
        }
    }
}
