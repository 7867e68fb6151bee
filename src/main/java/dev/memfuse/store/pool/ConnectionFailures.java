package dev.memfuse.store.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Predicate;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.exception.WriteRefusedException;

/// Recognizes failures of the connection or of the server, after which the same statement may succeed later.
final class ConnectionFailures {
    /// Connection exceptions; shutdown, crash and start of the server, and its other ends of a connection; a server
    /// that is read-only because it is or became a standby.
    private static final List<String> AWAY = List.of("08", "57P0", "25006");
    /// Insufficient resources (disk full, out of memory) and system errors (I/O error) of a server that runs.
    private static final List<String> EXHAUSTED = List.of("53", "58");
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private ConnectionFailures() {}

    /// Returns whether the server could not be used, so that the same statement may succeed later.
    static boolean is(SQLException e) {
        return e instanceof SQLTransientConnectionException || isAway(e) || isExhausted(e)
                || any(e, TOO_MANY_CONNECTIONS::equals);
    }

    /// Returns whether the server answers and lacks disk space or memory, or has an I/O error: reads and other
    /// connections may work.
    static boolean isExhausted(SQLException e) {
        return any(e, state -> !state.equals(TOO_MANY_CONNECTIONS)
                && EXHAUSTED.stream().anyMatch(state::startsWith));
    }

    /// Returns whether the server is gone, starting, stopping or read-only: other connections to it are of no use
    /// either.
    static boolean isAway(SQLException e) {
        return any(e, state -> AWAY.stream().anyMatch(state::startsWith));
    }

    /// Returns whether the server refused to write in a transaction that only reads.
    static boolean isReadOnly(SQLException e) {
        return any(e, "25006"::equals);
    }

    /// Returns the exception of the engine for a statement that failed.
    ///
    /// @param action completes the sentence "Could not …"
    /// @param pool state of the pool
    static EngineException exception(String action, SQLException e, String pool) {
        String message = "Could not " + action + ": " + e.getMessage();
        if (isExhausted(e)) {
            return new WriteRefusedException(message, pool, e);
        }
        return is(e)
                ? new StorageUnavailableException(message, pool, e)
                : new StoreException(action, e, pool);
    }

    private static boolean any(SQLException e, Predicate<String> state) {
        return (e.getSQLState() != null && state.test(e.getSQLState()))
                || (e.getCause() instanceof SQLException cause && any(cause, state));
    }
}
