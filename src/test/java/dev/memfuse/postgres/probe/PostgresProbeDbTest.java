package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("db")
class PostgresProbeDbTest {
    private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";
    private TestServer.TestDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = TestServer.newDatabase();
    }

    @Test
    void reportsPropertiesAndPrivileges() {
        DatabaseReport report = probe(database.user(), database.password()).test(database.jdbcUrl());

        Map<String, String> facts = report.properties().stream()
                .collect(Collectors.toMap(DatabaseReport.Property::name, DatabaseReport.Property::value));
        assertTrue(report.reachable());
        assertTrue(report.summary().startsWith("PostgreSQL 18."), report.summary());
        assertEquals("superuser", facts.get("Rights"));
        assertEquals("missing", facts.get("Extension vector"));
        assertEquals("available", facts.get("Extension pg_stat_statements"));
        assertEquals("UTF8", facts.get("Encoding"));
        assertTrue(facts.getOrDefault("max_connections", "").matches("100 \\(\\d+ free\\)"), facts.toString());
        assertTrue(facts.getOrDefault("Round trip", "").matches("\\d+\\.\\d\\d ms \\(median\\)"), facts.toString());
        // The server of the tests runs without fsync.
        assertTrue(report.warnings().stream().anyMatch(warning -> warning.startsWith("fsync is off")));
    }

    @Test
    void namesTheMissingPrivilege() throws SQLException {
        run("CREATE ROLE reader LOGIN PASSWORD 'reader'");
        try {
            DatabaseReport report = probe("reader", "reader").test(database.jdbcUrl());

            assertTrue(report.summary().startsWith("User 'reader' may not create tables"), report.summary());
            assertTrue(report.reachable());
        } finally {
            run("DROP ROLE reader");
        }
    }

    @Test
    void readsChangedSettingsOfTheDatabase() throws SQLException {
        String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
        run("ALTER DATABASE " + name + " SET synchronous_commit = off");
        run("ALTER DATABASE " + name + " SET default_transaction_read_only = on");

        DatabaseReport report = probe(database.user(), database.password()).test(database.jdbcUrl());

        assertTrue(report.warnings().stream().anyMatch(warning -> warning.startsWith("synchronous_commit is off")));
        assertTrue(report.summary().startsWith("This database is read-only"), report.summary());
    }

    @Test
    void reportsAWrongOrMissingPasswordWithoutPrintingOne() {
        DatabaseReport wrong = probe(database.user(), "s3cret").test(database.jdbcUrl());
        DatabaseReport missing = probe(database.user(), "").test(database.jdbcUrl());

        assertEquals("The password of user 'memfuse' was not accepted: set PGPASSWORD or correct the password file.",
                wrong.summary());
        assertTrue(missing.summary().contains("asks user 'memfuse' for a password and none is set"), missing.summary());
        assertFalse(wrong.toString().contains("s3cret"));
    }

    @Test
    void readsThePasswordFromAPasswordFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"),
                "127.0.0.1:*:*:" + database.user() + ":" + database.password() + "\n");
        System.setProperty(PASSWORD_FILE, file.toString());
        try {
            DatabaseReport report = probe(database.user(), "").test(database.jdbcUrl());

            assertTrue(report.reachable(), report.summary());
        } finally {
            System.clearProperty(PASSWORD_FILE);
        }
    }

    @Test
    void reportsAMissingDatabase() {
        DatabaseReport report = probe(database.user(), database.password()).test(database.jdbcUrl() + "_not");

        assertTrue(report.summary().startsWith("There is no database 'test_"), report.summary());
        assertFalse(report.reachable());
    }

    @Test
    void reportsThatNoServerListens() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertEquals("No server accepts connections at 127.0.0.1:" + port
                + ": start PostgreSQL there, or correct host and port.",
                probe("me", "x").test("jdbc:postgresql://127.0.0.1:" + port + "/db").summary());
    }

    @Test
    void testsTheDatabaseInUseWhenNoAddressIsGiven() {
        var target = new DatabaseTarget(database.jdbcUrl(), database.user(), database.password());
        var probe = new PostgresProbe(() -> Optional.of(target), () -> Credentials.from(Map.of()));

        assertTrue(probe.test("").reachable());
        assertFalse(probe(database.user(), database.password()).test("").reachable());
    }

    private static PostgresProbe probe(String user, String password) {
        return new PostgresProbe(Optional::empty,
                () -> Credentials.from(Map.of("PGUSER", user, "PGPASSWORD", password)));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
