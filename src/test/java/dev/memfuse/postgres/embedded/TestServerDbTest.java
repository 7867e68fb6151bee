package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class TestServerDbTest {
    @Test
    void createsAnotherEmptyDatabaseEachTime() throws SQLException {
        var first = TestServer.newDatabase();
        var second = TestServer.newDatabase();

        assertNotEquals(first.jdbcUrl(), second.jdbcUrl());
        assertEquals("0",
                value(second, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    @Test
    void aDatabaseWithSchemaHasTheTablesAndAnIdentityOfItsOwn() throws SQLException {
        var first = TestServer.newDatabaseWithSchema();
        var second = TestServer.newDatabaseWithSchema();

        assertEquals("0", value(first, "SELECT count(*) FROM messages"));
        assertNotEquals(value(first, "SELECT id FROM store_identity"), value(second, "SELECT id FROM store_identity"));
    }

    @Test
    void dropsADatabaseThatIsInUse() throws SQLException {
        var database = TestServer.newDatabase();
        try (Connection open = database.connect()) {
            TestServer.drop(database);

            assertFalse(open.isValid(1));
        }

        SQLException failure = assertThrows(SQLException.class, database::connect);
        assertEquals("3D000", failure.getSQLState());
    }

    @Test
    void runsPostgres18WithTheProductsSettings() throws SQLException {
        var database = TestServer.newDatabase();

        assertEquals("18", value(database, "SELECT current_setting('server_version_num')::int / 10000"));
        assertEquals("100", value(database, "SHOW max_connections"));
        assertEquals("127.0.0.1", value(database, "SHOW listen_addresses"));
        assertEquals("", value(database, "SHOW unix_socket_directories"));
        assertEquals("UTF8", value(database, "SHOW server_encoding"));
        assertEquals("on", value(database, "SHOW synchronous_commit"));
    }

    private static String value(TestServer.TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
