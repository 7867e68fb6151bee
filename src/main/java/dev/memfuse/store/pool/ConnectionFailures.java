package dev.memfuse.store.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Predicate;

/// Recognizes failures of the connection or of the server, after which the same statement may succeed later.
final class ConnectionFailures {
    /// Connection exceptions; shutdown and start of the server; a server that is read-only because it is or became a
    /// standby. Lack of memory or disk space is none.
    private static final List<String> AWAY = List.of("08", "57P01", "57P02", "57P03", "25006");
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private ConnectionFailures() {}

    /// Returns whether the server could not be used, so that the same statement may succeed later.
    static boolean is(SQLException e) {
        return e instanceof SQLTransientConnectionException || isAway(e)
                || any(e, TOO_MANY_CONNECTIONS::equals);
    }

    /// Returns whether the server is gone, starting, stopping or read-only: other connections to it are of no use
    /// either.
    static boolean isAway(SQLException e) {
        return any(e, state -> AWAY.stream().anyMatch(state::startsWith));
    }

    private static boolean any(SQLException e, Predicate<String> state) {
        return (e.getSQLState() != null && state.test(e.getSQLState()))
                || (e.getCause() instanceof SQLException cause && any(cause, state));
    }
}
