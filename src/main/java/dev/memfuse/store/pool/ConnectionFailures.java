package dev.memfuse.store.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

/// Tells a database that is not there from one that refuses.
final class ConnectionFailures {
    /// Connection failures; shutdown and start of the server; no free slot; out of memory or disk is a refusal.
    private static final List<String> STATES = List.of("08", "57P01", "57P02", "57P03", "53300");

    private ConnectionFailures() {}

    /// Whether the same statement may succeed once the server is back.
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || (state != null && STATES.stream().anyMatch(state::startsWith))
                || (e.getCause() instanceof SQLException cause && is(cause));
    }
}
