package dev.memfuse.store.pool;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.ConnectionPools.Backend;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.LeaseTimes;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;
import dev.memfuse.metrics.pool.WaitProfile;
import dev.memfuse.metrics.pool.WaitProfile.Place;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pools as a person sees and steers them, under both managers.
@Tag("db")
class PoolViewDbTest {
    private @Nullable EngineFixture started;
    private final CountDownLatch release = new CountDownLatch(1);

    private ConnectionPools start(String manager, int size) throws Exception {
        started = EngineFixture.start("postgres.manager=" + manager, "postgres.pool_size=" + size,
                "postgres.max_overflow=0", "postgres.pool_timeout=0.3");
        return fixture().metrics().connectionPools();
    }

    private EngineFixture fixture() {
        return Objects.requireNonNull(started, "started by each test");
    }

    @AfterEach
    void stop() {
        release.countDown();
        fixture().close();
    }

    /// Holds a connection within an operation until the test ends; its last statement sleeps in the server.
    private CompletableFuture<Boolean> hold() {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        Thread.ofVirtual().name("holder").start(() -> {
            Trace trace = fixture().metrics().begin(Operation.LIST);
            fixture().database().withConnection("hold it", connection -> {
                Statements.query(connection, _ -> true, "SELECT 42 AS held");
                held.complete(true);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            fixture().metrics().end(trace, false);
        });
        return held;
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void aLeaseIsShownWithItsThreadOperationAndBackend(String manager) throws Exception {
        ConnectionPools pools = start(manager, 3);
        hold().get();
        // The backend has answered, but may not wait for the next statement yet.
        await("the backend waits for this program", () -> holder(pools.snapshot()).backend().orElseThrow().waitEvent()
                .equals("Client: ClientRead"));

        Snapshot now = pools.snapshot();

        Lease lease = holder(now);
        assertTrue(lease.virtual());
        assertEquals(List.of("list", "sql", "hold it"), List.of(lease.operation(), lease.stage(), lease.action()));
        Backend backend = lease.backend().orElseThrow();
        assertEquals("idle", backend.state());
        assertEquals("Client: ClientRead", backend.waitEvent());
        assertEquals("SELECT 42 AS held", backend.statement());
        assertEquals(1, fixture().count("SELECT count(*) FROM pg_stat_activity WHERE pid = ?", lease.backendPid()));
        Pool pool = now.pools().getFirst();
        assertEquals(3, pool.limit());
        assertTrue(pool.active() >= 1);
    }

    private static Lease holder(Snapshot now) {
        return now.leases().stream().filter(one -> one.thread().equals("holder")).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void duringAnAbsenceOnPurposeCallsWaitOnNoConnectionAndItIsNoOutage(String manager) throws Exception {
        ConnectionPools pools = start(manager, 3);
        Database database = fixture().database();
        int before = backend(database);
        CompletableFuture<Integer> call = new CompletableFuture<>();

        database.whileAway(() -> {
            assertEquals(List.of(), pools.pools());
            Thread caller = Thread.startVirtualThread(() -> call.complete(backend(database)));
            await("the call waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
            assertFalse(database.needsProbe());
            assertFalse(call.isDone());
        });

        assertNotEquals(before, call.get(20, TimeUnit.SECONDS), "a new connection");
        assertFalse(pools.pools().getFirst().suspended());
    }

    private static int backend(Database database) {
        return database.withConnection("name the backend", connection -> Statements.query(connection,
                row -> row.getInt(1), "SELECT pg_backend_pid()").getFirst());
    }

    @Test
    void theWaitsOfTheServerAreJoinedWithTheStagesOfTheEngine() throws Exception {
        ConnectionPools pools = start("optimized", 3);
        hold().get();
        CompletableFuture<Void> sleeping = CompletableFuture.runAsync(() -> {
            Trace trace = fixture().metrics().begin(Operation.QUERY);
            fixture().database().withConnection("sleep", connection -> Statements.query(connection, _ -> true,
                    "SELECT pg_sleep(3)"));
            fixture().metrics().end(trace, false);
        }, Thread::startVirtualThread);
        WaitProfile profile = new WaitProfile();

        await("both processes", () -> {
            profile.add(pools.snapshot());
            return profile.rows().stream().map(WaitProfile.Row::place).toList()
                    .containsAll(List.of(new Place("query", "sql", "Timeout: PgSleep"),
                            new Place("list", "sql", "idle, waits for this program")));
        });
        sleeping.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void theLeasesAreFrozenWhenAWaitTimesOut(String manager) throws Exception {
        ConnectionPools pools = start(manager, 1);
        hold().get();

        assertThrows(StorageUnavailableException.class, () -> fixture().database().withConnection("wait", _ -> true));

        await("a frozen snapshot with backends", () -> !pools.frozen().isEmpty());
        Snapshot frozen = pools.frozen().getFirst();
        assertEquals(List.of("holder"), frozen.leases().stream().map(Lease::thread).toList());
        assertTrue(frozen.leases().getFirst().backend().isPresent());
        assertTrue(frozen.leases().getFirst().heldNanos() > 0);
        for (int i = 0; i < 3; i++) {
            assertThrows(StorageUnavailableException.class,
                    () -> fixture().database().withConnection("wait", _ -> true));
        }
        assertTrue(pools.frozen().size() <= 2, "more than one a second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void aSuspendedPoolGrantsNothingAndAResumedOneGoesOn(String manager) throws Exception {
        ConnectionPools pools = start(manager, 3);
        hold().get();
        pools.suspend();
        assertTrue(pools.pools().getFirst().suspended());
        assertThrows(StorageUnavailableException.class, () -> fixture().database().withConnection("wait", _ -> true));
        fixture().set("postgres.pool_timeout=20");
        CompletableFuture<Boolean> waiting = CompletableFuture
                .supplyAsync(() -> fixture().database().withConnection("wait", _ -> true), Thread::startVirtualThread);

        pools.resume();

        assertTrue(waiting.get());
        assertTrue(fixture().database().<Boolean>withConnection("go on", _ -> true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void aSoftEvictionReplacesTheConnections(String manager) throws Exception {
        ConnectionPools pools = start(manager, 1);
        long before = pid();

        pools.softEvict(pools.pools().getFirst().name());

        await("another connection", () -> pid() != before);
        Distribution connects = fixture().metrics().leaseTimes().distribution(LeaseTimes.Kind.CONNECT);
        assertTrue(connects.count() >= 2, connects.toString());
        assertEquals(connects.count(), connects.buckets().stream().mapToLong(LeaseTimes.Bucket::count).sum());
    }

    /// A pool that replaces another has a name with a number for as long as both live.
    @Test
    void aReplacedPoolAndItsSuccessorAreToldApart() throws Exception {
        ConnectionPools pools = start("optimized", 3);
        hold().get();
        Pool first = pools.pools().getFirst();

        fixture().database().replaceConnections();
        long before = pid();

        Pool second = pools.pools().getFirst();
        assertNotEquals(first.name(), second.name());
        assertFalse(second.closing());
        assertEquals(List.of(first.name()),
                pools.snapshot().leases().stream().map(Lease::pool).distinct().toList(),
                "the lease belongs to the pool that closes, which waits for it");
        assertTrue(pools.pools().stream().anyMatch(pool -> pool.name().equals(first.name()) && pool.closing()));
        pools.softEvict(second.name());
        await("another connection", () -> pid() != before);
    }

    /// A failed connection tells something about its own pool: the successor may lead over another path.
    @Test
    void aConnectionThatFailsInAReplacedPoolLeavesTheConnectionsOfItsSuccessor() throws Exception {
        start("optimized", 1);
        Database database = fixture().database();
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Object> failure = CompletableFuture.supplyAsync(
                () -> assertThrows(StorageUnavailableException.class,
                        () -> database.withConnection("sleep", connection -> {
                            first.complete(Statements.query(connection, row -> row.getInt(1),
                                    "SELECT pg_backend_pid()").getFirst());
                            return Statements.query(connection, _ -> true, "SELECT pg_sleep(60)");
                        })),
                Thread::startVirtualThread);
        int lost = first.get();
        database.replaceConnections();
        long before = pid();

        assertEquals(1, fixture().count("SELECT count(*) FROM (SELECT pg_terminate_backend(?)) AS ended", lost));
        assertTrue(failure.get() instanceof StorageUnavailableException);

        assertEquals(before, pid());
    }

    private long pid() {
        return fixture().database().withConnection("read the process",
                connection -> Statements.query(connection, row -> row.getLong(1), "SELECT pg_backend_pid()"))
                .getFirst();
    }
}
