package dev.memfuse.store.pool;

import java.sql.SQLTransientConnectionException;

/// No connection was requested, since the database is known to be away.
final class DatabaseAwayException extends SQLTransientConnectionException {
    private static final String CONNECTION_EXCEPTION = "08000";

    /// @param reason why it is away
    DatabaseAwayException(String reason) {
        super("the database is away (" + reason + ")", CONNECTION_EXCEPTION);
    }
}
