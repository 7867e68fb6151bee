package dev.memfuse.store.pool;

import java.sql.SQLException;

import dev.memfuse.engine.exception.EngineException;

/// The database could not do what was asked. The detail is the pool's state at that moment.
public final class StoreException extends EngineException {
    private final String sqlState;

    public StoreException(String what, SQLException cause, String pool) {
        super("Could not " + what + ": " + cause.getMessage(), pool, cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /// PostgreSQL's code of the failure, five characters, or empty.
    public String sqlState() {
        return sqlState;
    }
}
