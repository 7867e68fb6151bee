package dev.memfuse.store;

import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.Statements;

/// Size of the database.
public final class DatabaseSize {
    private final Database database;

    public DatabaseSize(Database database) {
        this.database = database;
    }

    /// Returns the bytes of all tables and indexes, over all users.
    ///
    /// @throws StoreException when the database does not answer
    public long bytes() {
        return database.withConnection("measure the database", connection -> Statements.query(connection,
                row -> row.getLong(1), "SELECT pg_database_size(current_database())").getFirst());
    }
}
