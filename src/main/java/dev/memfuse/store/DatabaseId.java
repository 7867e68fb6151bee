package dev.memfuse.store;

import java.util.UUID;

import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.Jdbc;

/// Who a database is, whatever address leads to it.
public final class DatabaseId {
    private DatabaseId() {}

    /// The identity made when the schema was.
    ///
    /// @throws dev.memfuse.engine.exception.EngineException when it cannot be read
    public static UUID of(Database database) {
        return database.withConnection("read the identity of the database", connection -> Jdbc
                .list(connection, row -> Jdbc.uuid(row, "id"), "SELECT id FROM store_identity").getFirst());
    }
}
