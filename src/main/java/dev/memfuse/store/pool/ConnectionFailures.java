package dev.memfuse.store.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

/// Recognizes connection failures.
final class ConnectionFailures {
    /// Connection exceptions; shutdown and start of the server; too many connections. Lack of memory or disk space is
    /// none.
    private static final List<String> STATES = List.of("08", "57P01", "57P02", "57P03", "53300");

    private ConnectionFailures() {}

    /// Returns whether the server could not be reached, so that the same statement may succeed later.
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || (state != null && STATES.stream().anyMatch(state::startsWith))
                || (e.getCause() instanceof SQLException cause && is(cause));
    }
}
