package dev.memfuse.store;

import java.util.UUID;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.RowMappers;
import dev.memfuse.store.sql.Statements;

/// Identity of a database, independent of its URL.
public final class DatabaseId {
    private DatabaseId() {}

    /// Returns the identity that was generated with the schema.
    ///
    /// @throws EngineException when it cannot be read
    public static UUID of(Database database) {
        return database.withConnection("read the identity of the database", connection -> Statements
                .query(connection, row -> RowMappers.uuid(row, "id"), "SELECT id FROM store_identity").getFirst());
    }
}
