package dev.memfuse.store.pool;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.ProtocolLog;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each key below `postgres` changes the running pool.
@Tag("db")
class ConnectionKeysDbTest {
    private EngineFixture fixture;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("postgres.pool_size=1", "postgres.max_overflow=0", "postgres.pool_timeout=0.3");
        // The background work of the engine would lease the only connection of the pool.
        fixture.engine().close();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /// Leases this number of connections at once, each inside the one before.
    private void hold(int connections) {
        if (connections > 0) {
            fixture.database().withConnection("hold a connection", _ -> {
                hold(connections - 1);
                return true;
            });
        }
    }

    private long query(String sql) {
        return fixture.database().withConnection("ask",
                connection -> Statements.query(connection, row -> Long.parseLong(row.getString(1)), sql).getFirst());
    }

    private static double seconds(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void poolSizeLimitsTheConnectionsHeldAtOnce() {
        StorageUnavailableException refused = assertThrows(StorageUnavailableException.class, () -> hold(2));
        // The name has a number while another engine of this JVM has a pool of the same name.
        String detail = String.valueOf(refused.detail());
        assertTrue(detail.matches("pool memfuse(-\\d+)?: 1 active, 0 idle, 0 waiting, limit 1"), detail);

        fixture.set("postgres.pool_size=3");

        hold(3);
        assertThrows(StorageUnavailableException.class, () -> hold(4));
        await("three connections stay open", () -> fixture.database().pool().idle() == 3);
        fixture.set("postgres.pool_size=1");
        hold(1);
        assertThrows(StorageUnavailableException.class, () -> hold(2));
        assertEquals(1, fixture.database().pool().minimumIdle());
        await("one connection stays open", () -> fixture.database().pool().idle() == 1);
    }

    @Test
    void maxOverflowAllowsConnectionsBeyondThePoolSize() {
        assertThrows(StorageUnavailableException.class, () -> hold(2));

        fixture.set("postgres.max_overflow=2");

        hold(3);
        assertThrows(StorageUnavailableException.class, () -> hold(4));
        assertEquals(3, fixture.database().pool().limit());
        assertEquals(1, fixture.database().pool().minimumIdle());
    }

    @Test
    void aWaitForAConnectionEndsAfterThePoolTimeout() {
        double brief = seconds(() -> assertThrows(StorageUnavailableException.class, () -> hold(2)));
        assertTrue(brief >= 0.25 && brief < 1.2, brief + " s");

        fixture.set("postgres.pool_timeout=1.3");

        double longer = seconds(() -> assertThrows(StorageUnavailableException.class, () -> hold(2)));
        assertTrue(longer >= 1.25 && longer < 5, longer + " s");
    }

    @Test
    void anotherRecycleTimeReplacesTheConnections() {
        long before = query("SELECT pg_backend_pid()");
        assertEquals(before, query("SELECT pg_backend_pid()"));
        assertEquals(3_600_000, fixture.database().pool().maxLifetime());

        fixture.set("postgres.pool_recycle=60");

        assertNotEquals(before, query("SELECT pg_backend_pid()"));
        assertEquals(60_000, fixture.database().pool().maxLifetime());
    }

    @Test
    void theServerProbesAnIdleClientAfterTheKeepaliveTime() {
        assertEquals(300, query("SHOW tcp_keepalives_idle"));

        fixture.set("postgres.keepalives_idle=45");

        assertEquals(45, query("SHOW tcp_keepalives_idle"));
    }

    @Test
    void theLegacyManagerRecordsEachUser() {
        hold(1);
        assertEquals(0, fixture.database().legacyManager().activeReferences());

        fixture.set("postgres.manager=legacy");
        hold(1);

        assertEquals(1, fixture.database().legacyManager().activeReferences());
    }

    @Test
    void theLegacyManagerChecksTheConnectionBeforeEachUse() {
        assertEquals(1, ProtocolLog.statementsDuring(() -> query("SELECT 1")));

        fixture.set("postgres.manager=legacy");

        assertEquals(2, ProtocolLog.statementsDuring(() -> query("SELECT 1")));
    }

    @Test
    void openingAConnectionEndsAfterTheConnectionTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            DatabaseTarget nobody = new DatabaseTarget(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/nobody", "nobody", "");
            PostgresConfig standard = fixture.tunables().get().postgres();
            double one = seconds(() -> assertThrows(SQLException.class,
                    () -> new ServerConnections(nobody, () -> timeout(1), new CircuitBreaker()).getConnection()));
            double two = seconds(() -> assertThrows(SQLException.class,
                    () -> new ServerConnections(nobody, () -> timeout(2), new CircuitBreaker()).getConnection()));

            assertEquals(15, standard.connectionTimeout().toSeconds());
            assertTrue(one >= 0.9 && one < 1.9, one + " s");
            assertTrue(two >= 1.9 && two < 5, two + " s");
        }
    }

    private PostgresConfig timeout(int seconds) {
        return ConfigValues.with(fixture.tunables().get(), "postgres.connection_timeout",
                ConfigValues.parse("postgres.connection_timeout", String.valueOf(seconds))).postgres();
    }
}
