package dev.memfuse.store.pool;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;
import dev.memfuse.monitoring.PrometheusMetrics;
import dev.memfuse.postgres.embedded.TestReplicas;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pool of the standbys as a person sees and steers it.
@Tag("db")
class ReplicaPoolDbTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private TestReplicas servers;
    private EngineFixture fixture;
    private ConnectionPools pools;

    @BeforeEach
    void start() throws IOException {
        servers = TestReplicas.start();
        TestDatabase both = servers.at("127.0.0.1:" + servers.firstPort() + ",127.0.0.1:" + servers.secondPort());
        fixture = EngineFixture.on(both, TestFolders.create(), "postgres.url=" + both.jdbcUrl(),
                "postgres.read_from=replica");
        pools = fixture.metrics().connectionPools();
    }

    @AfterEach
    void close() throws IOException {
        release.countDown();
        fixture.close();
        servers.close();
    }

    /// Reads on a standby and holds its connection; the server is the one that a read found.
    private boolean holdOnStandby() {
        CompletableFuture<Boolean> standby = new CompletableFuture<>();
        Thread.ofVirtual().name("reader").start(() -> {
            try {
                fixture.database().reading(UUID.randomUUID(), () -> fixture.database().withConnection("hold it",
                        connection -> {
                            boolean recovers = Statements.query(connection, row -> row.getBoolean(1),
                                    "SELECT pg_is_in_recovery() AS held").getFirst();
                            standby.complete(recovers);
                            if (recovers) {
                                wait(release);
                            }
                            return true;
                        }));
            } catch (RuntimeException e) {
                standby.completeExceptionally(e);
            }
        });
        return standby.join();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itsLeasesAreShownWithTheBackendOfTheStandbyAndItsTimesAreCounted() throws IOException {
        await("a standby answers", this::holdOnStandby);

        Pool standbys = pools.pools().getLast();
        Lease lease = pools.snapshot().leases().stream().filter(one -> one.pool().equals(standbys.name()))
                .findFirst().orElseThrow();
        assertEquals(List.of("reader", "hold it"), List.of(lease.thread(), lease.action()));
        assertEquals("SELECT pg_is_in_recovery() AS held", lease.backend().orElseThrow().statement());
        assertEquals(List.of(false, true), pools.pools().stream().map(Pool::standbys).toList());
        assertEquals(1, standbys.active());

        release.countDown();
        await("the lease ends", () -> fixture.metrics().replicaPool().times().distribution(Kind.HOLD).count() > 0);
        assertTrue(fixture.metrics().replicaPool().times().distribution(Kind.CONNECT).count() > 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PrometheusMetrics(fixture.metrics(), "1").write(out, null);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertTrue(exported.contains("hikaricp_connections_usage_seconds_count{pool=\"memfuse-replica\"}"), exported);
        assertTrue(exported.contains("hikaricp_connections_max{pool=\"memfuse-replica\"} 30"), exported);
    }

    @Test
    void itsConnectionsAreReplacedAndItClosesWithTheSetting() {
        await("a standby answers", this::holdOnStandby);
        // The pool that is closing keeps its name for a moment, so the next one has a number.
        fixture.set("postgres.read_from=primary");
        fixture.set("postgres.read_from=replica");
        await("a standby answers", this::holdOnStandby);
        Pool before = pools.pools().getLast();
        assertNotEquals("memfuse-replica", before.name());
        assertTrue(before.standbys());
        release.countDown();
        await("the pool rests", () -> pools.pools().getLast().idle() >= before.minimumIdle());
        long created = created();

        pools.softEvict(before.name());

        await("the connections are replaced", () -> created() > created);
        fixture.set("postgres.read_from=primary");
        assertEquals(List.of(false), pools.pools().stream().map(Pool::standbys).toList());
        assertEquals(0, fixture.metrics().replicaPool().gauges().limit());
    }

    private long created() {
        return fixture.metrics().replicaPool().times().distribution(Kind.CONNECT).count();
    }
}
