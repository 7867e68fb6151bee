package dev.memfuse.store.pool;

import java.sql.SQLException;

import dev.memfuse.engine.exception.StatementFailedException;

/// A statement failed. The detail is the state of the pool at that moment.
public final class StoreException extends StatementFailedException {
    private final String sqlState;

    /// @param action completes the sentence "Could not …"
    /// @param pool state of the pool; may be empty
    public StoreException(String action, SQLException cause, String pool) {
        super("Could not " + action + ": " + cause.getMessage(), pool, cause, ContentFailures.is(cause));
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /// Returns PostgreSQL's code of the failure, five characters, or an empty text.
    public String sqlState() {
        return sqlState;
    }
}
