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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.Migrations;
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

    private DatabaseReport report() {
        return probe(database.user(), database.password()).test(database.jdbcUrl());
    }

    private static String property(DatabaseReport report, String name) {
        return report.properties().stream().filter(property -> property.name().equals(name)).findFirst().orElseThrow()
                .value();
    }

    private void migrate() {
        Migrations.apply(new DatabaseTarget(database.jdbcUrl(), database.user(), database.password()));
    }

    @Test
    void tellsTheVersionOfTheSchema() throws SQLException, IOException {
        assertEquals("none yet; the first start makes it", property(report(), "Schema"));
        migrate();
        assertEquals("version " + Migrations.LATEST, property(report(), "Schema"));
        run("DELETE FROM flyway_schema_history WHERE version = '" + Migrations.LATEST + "'");
        assertTrue(report().usable(), report().summary());
        assertTrue(property(report(), "Schema").endsWith("the next start brings it to " + Migrations.LATEST));
        run("UPDATE flyway_schema_history SET version = '999' WHERE version = '20'");
        assertFalse(report().usable());
        assertTrue(report().summary().contains("upgrade this program"), report().summary());
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertEquals(Migrations.LATEST, files.map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_')))).max().orElseThrow());
        }
    }

    @Test
    void namesTablesThatTheUserMayNotUse() throws SQLException {
        migrate();
        run("CREATE ROLE writer LOGIN PASSWORD 'writer'");
        run("GRANT CREATE ON SCHEMA public TO writer");
        run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer");
        run("REVOKE DELETE ON messages FROM writer");
        try {
            DatabaseReport denied = probe("writer", "writer").test(database.jdbcUrl());
            run("GRANT DELETE ON messages TO writer");
            DatabaseReport allowed = probe("writer", "writer").test(database.jdbcUrl());
            run("DELETE FROM flyway_schema_history WHERE version = '" + Migrations.LATEST + "'");
            DatabaseReport old = probe("writer", "writer").test(database.jdbcUrl());

            assertFalse(denied.usable());
            assertTrue(denied.summary().contains("tables messages: have their owner run GRANT"), denied.summary());
            assertTrue(allowed.usable(), allowed.summary());
            assertEquals("unknown; needs the role pg_monitor", property(allowed, "Standbys"));
            assertFalse(old.usable());
            assertTrue(old.summary().contains("only the owner of the tables can make"), old.summary());
        } finally {
            run("DROP OWNED BY writer");
            run("DROP ROLE writer");
        }
    }

    @Test
    void warnsOfAsynchronousStandbys() {
        assertEquals("0", property(report(), "Standbys"));
        assertEquals("not set", property(report(), "synchronous_standby_names"));
        DeploymentFacts alone = new DeploymentFacts(false, true, 2, "", 21, false, List.of(), true, false, false);
        DeploymentFacts safe = new DeploymentFacts(false, true, 2, "ANY 1 (*)", 21, false, List.of(), true, false,
                false);
        DeploymentFacts pooled = new DeploymentFacts(true, false, 0, "", 21, false, List.of(), true, true, false);

        assertTrue(alone.warnings().getFirst().contains("Set synchronous_standby_names"));
        assertEquals(List.of(), safe.warnings());
        assertTrue(pooled.problem().orElseThrow().contains("pool_mode"));
        assertTrue(pooled.warnings().getFirst().contains("database distribute"));
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
