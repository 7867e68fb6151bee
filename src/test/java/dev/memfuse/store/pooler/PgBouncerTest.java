package dev.memfuse.store.pooler;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.PostgresProbe;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The engine behind a PgBouncer that pools transactions: each transaction may have another session of the server.
@Tag("pgbouncer")
class PgBouncerTest {
    private static final String IGNORE = "ignore_startup_parameters = extra_float_digits";
    private static final int SERVER_CONNECTIONS = 3;
    private static final int CALLERS = 16;
    private static final int SESSIONS = 4;

    private TestDatabase server;
    private TestPooler pooler;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.newDatabase();
        pooler = TestPooler.start(server, SERVER_CONNECTIONS, IGNORE);
    }

    @AfterEach
    void stop() throws Exception {
        pooler.close();
        TestServer.drop(server);
    }

    private static <T> List<T> atOnce(int callers, Callable<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(work));
            }
            for (Future<T> call : running) {
                results.add(call.get());
            }
        }
        return results;
    }

    /// Without bypass PgBouncer has its default settings, and so refuses one of the driver's.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everythingWorksAndNoSettingStays(boolean bypass) throws Exception {
        if (!bypass) {
            pooler.close();
            pooler = TestPooler.start(server, SERVER_CONNECTIONS);
        }
        try (EngineFixture fixture = EngineFixture.on(pooler.database(), TestFolders.create(),
                "buffer.bypass_mode=" + bypass, "layers.m1.enabled=true", "layers.m2.enabled=true",
                "postgres.pool_size=10")) {
            MemoryEngine engine = fixture.engine();
            SessionKey session = fixture.newSession("alice");
            List<SessionKey> sessions = atOnce(CALLERS, () -> fixture.anotherSession(session)).subList(0, SESSIONS);
            for (String consolidated : List.of("true", "false")) {
                fixture.set("queries.consolidated=" + consolidated);
                atOnce(CALLERS, () -> {
                    for (SessionKey each : sessions) {
                        engine.addBatch(each, messages("Anna lives in Berlin.", "Ben plays the piano."));
                        assertFalse(engine.messages(each, 5, Order.NEWEST_FIRST).degraded());
                    }
                    assertFalse(engine.query(session.userId(), "Where does Anna live?", 3).hits().isEmpty());
                    return true;
                });
            }
            engine.flush();
            assertTrue(engine.awaitExtraction(Duration.ofMinutes(1)));
            assertFalse(engine.facts(session.userId(), FactQuery.current(10)).isEmpty());
            List<Object> exported = new ArrayList<>();
            engine.exportUser(session.userId(), exported::add);
            assertEquals(2L * 2 * CALLERS * SESSIONS, fixture.count("SELECT count(*) FROM messages"));
            assertTrue(exported.size() > 2 * 2 * CALLERS * SESSIONS);
            engine.deleteMessages(session, List.of(session.sessionId()));
            assertNoSettingStays();
        }
    }

    @Test
    void aReadOnlyDatabaseWritesNothingAndNoSessionStaysReadOnly() throws Exception {
        Migrations.apply(target(server));
        LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
        try (Database database = new Database(target(pooler.database()).readOnly(true), tunables,
                new MetricsHub(Clock.systemUTC()))) {
            assertEquals(List.of(0L), atOnce(CALLERS, () -> database.withConnection("count", connection -> Statements
                    .query(connection, row -> row.getLong(1), "SELECT count(*) FROM users").getFirst())).stream()
                    .distinct().toList());
            assertThrows(ReadOnlyException.class, () -> database.withConnection("write", connection -> Statements
                    .update(connection, "INSERT INTO users (user_id, name) VALUES (gen_random_uuid(), 'x')")));
            assertThrows(ReadOnlyException.class, () -> database.inTransaction("write", connection -> Statements
                    .update(connection, "INSERT INTO users (user_id, name) VALUES (gen_random_uuid(), 'x')")));
        }
        assertNoSettingStays();
    }

    private void assertNoSettingStays() throws Exception {
        try (Connection direct = server.connect()) {
            String fresh = settings(direct);
            // More transactions at once than sessions, so that each session is seen.
            for (String pooled : atOnce(CALLERS, this::settingsBehindPooler)) {
                assertEquals(fresh, pooled);
            }
            assertEquals(0, Statements.query(direct, row -> row.getInt(1), "SELECT count(*) FROM pg_locks "
                    + "WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database "
                    + "WHERE datname = current_database())").getFirst());
        }
    }

    private String settingsBehindPooler() throws SQLException {
        PGSimpleDataSource source = target(pooler.database()).connections("test");
        source.setPrepareThreshold(0);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            String settings = settings(connection);
            Statements.query(connection, _ -> true, "SELECT pg_sleep(0.1)");
            connection.rollback();
            return settings;
        }
    }

    /// Returns what a session has set, except what the driver sets at each login.
    private static String settings(Connection connection) throws SQLException {
        return Statements.query(connection, row -> row.getString(1),
                "SELECT string_agg(name || '=' || setting, ', ' ORDER BY name) FROM pg_settings "
                        + "WHERE name IN ('tcp_keepalives_idle', 'statement_timeout', 'lock_timeout', 'search_path', "
                        + "'role', 'default_transaction_isolation', 'default_transaction_read_only', "
                        + "'synchronous_commit', 'session_replication_role')")
                .getFirst()
                + ", prepared " + Statements.query(connection, row -> row.getInt(1),
                        "SELECT count(*) FROM pg_prepared_statements WHERE name <> ''");
    }

    private static DatabaseTarget target(TestDatabase database) {
        return new DatabaseTarget(database.jdbcUrl(), database.user(), database.password());
    }

    @Test
    void programsThatStartAtOnceMigrateOneAfterTheOther() throws Exception {
        atOnce(4, () -> {
            Migrations.apply(target(pooler.database()));
            return true;
        });

        assertNoSettingStays();
        try (Connection direct = server.connect()) {
            assertEquals(0, Statements.query(direct, row -> row.getInt(1), "SELECT count(*) FROM users").getFirst());
        }
    }

    @Test
    void aFailedMigrationLeavesNothing() throws Exception {
        try (Connection direct = server.connect()) {
            Statements.update(direct, "CREATE TABLE sessions (other int)");
        }

        assertThrows(RuntimeException.class, () -> Migrations.apply(target(pooler.database())));

        try (Connection direct = server.connect()) {
            assertEquals(1, Statements.query(direct, row -> row.getInt(1),
                    "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").getFirst());
        }
        assertNoSettingStays();
    }

    @Test
    void theCheckNamesThePoolerAndRefusesOneThatPoolsStatements() throws Exception {
        PostgresProbe probe = new PostgresProbe(Optional::empty,
                () -> new Credentials(Optional.of(server.user()), Optional.of(server.password())));

        DatabaseReport transactions = probe.test(pooler.database().jdbcUrl());

        assertTrue(transactions.usable(), transactions.summary());
        assertTrue(transactions.properties().contains(new DatabaseReport.Property("Pooler", "in between")),
                transactions.toString());

        pooler.close();
        pooler = TestPooler.start(server, SERVER_CONNECTIONS, IGNORE, "pool_mode = statement");
        DatabaseReport statements = probe.test(pooler.database().jdbcUrl());

        assertFalse(statements.usable());
        assertTrue(statements.summary().contains("set pool_mode to transaction or session"), statements.summary());
    }

    @Test
    void aParameterThatThePoolerRefusesIsNamedWithTheRemedy() throws Exception {
        PostgresProbe probe = new PostgresProbe(Optional::empty,
                () -> new Credentials(Optional.of(server.user()), Optional.of(server.password())));
        assertTrue(probe.test(pooler.database().jdbcUrl()).usable());

        DatabaseReport report = probe.test(pooler.database().jdbcUrl() + "?options=-c%20geqo=off");

        assertFalse(report.usable());
        assertTrue(report.summary().contains("add it to its ignore_startup_parameters"), report.summary());
        assertTrue(report.summary().contains("options"), report.summary());
    }
}
