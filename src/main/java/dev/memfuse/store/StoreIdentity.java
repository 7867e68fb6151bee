package dev.memfuse.store;

import java.util.UUID;

/// Who a database is, whatever address leads to it.
public final class StoreIdentity {
    private StoreIdentity() {}

    /// The identity made when the schema was.
    ///
    /// @throws dev.memfuse.engine.EngineException when it cannot be read
    public static UUID of(Database database) {
        return database.withConnection("read the identity of the database", connection -> Rows
                .list(connection, row -> Rows.uuid(row, "id"), "SELECT id FROM store_identity").getFirst());
    }
}
