package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;

/// A database that looks like one with Citus: its catalog names the extension, and nothing else of it is there. The
/// program then sends the statements that it sends to Citus, which plain PostgreSQL runs as well.
final class CitusStandIn {
    private CitusStandIn() {}

    /// Starts an engine on such a database.
    static EngineFixture start(String... settings) throws SQLException {
        TestServer.TestDatabase database = TestServer.newDatabaseWithSchema();
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("SET allow_system_table_mods = on");
            statement.execute("INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, "
                    + "extversion) SELECT 9999999, 'citus', extowner, extnamespace, false, '13.2-1' FROM pg_extension "
                    + "WHERE extname = 'plpgsql'");
        }
        return EngineFixture.on(database, TestFolders.create(), settings);
    }
}
