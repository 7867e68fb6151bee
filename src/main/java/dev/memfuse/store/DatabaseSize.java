package dev.memfuse.store;

import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.Jdbc;

/// How much room the database takes.
public final class DatabaseSize {
    private final Database database;

    public DatabaseSize(Database database) {
        this.database = database;
    }

    /// Bytes of all tables and indexes, other users' included.
    ///
    /// @throws StoreException when the database does not answer
    public long bytes() {
        return database.withConnection("measure the database", connection -> Jdbc.list(connection,
                row -> row.getLong(1), "SELECT pg_database_size(current_database())").getFirst());
    }
}
