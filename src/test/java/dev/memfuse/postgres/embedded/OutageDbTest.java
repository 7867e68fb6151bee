package dev.memfuse.postgres.embedded;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The database fails under load and returns.
@Tag("db")
class OutageDbTest {
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(2);
    private static final String[] JOURNALED = {"buffer.bypass_mode=false", "postgres.pool_timeout=1",
            "buffer.performance.max_flush_queue_size=2"};

    private final List<UUID> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean stop = new AtomicBoolean();
    private TestFolder folder;
    private EmbeddedServer server;
    private EngineFixture fixture;
    private SessionKey session;
    private Thread writer;

    @BeforeEach
    void writeUnderLoad() throws IOException {
        folder = TestFolder.withCluster();
        server = folder.start();
        fixture = EngineFixture.on(new TestDatabase(server.jdbcUrl(), server.user(), server.password()),
                TestFolders.create(), JOURNALED);
        session = fixture.newSession("alice");
        writer = Thread.ofVirtual().start(this::write);
        awaitMore();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        stop.set(true);
        writer.join();
        fixture.close();
        server.close();
        folder.close();
    }

    private void write() {
        for (int i = 0; !stop.get(); i++) {
            AddResult result = fixture.engine().addBatch(session, messages("message " + i));
            assertEquals(AddResult.Acknowledgement.JOURNALED, result.acknowledgement());
            acknowledged.addAll(result.messageIds());
            // Faster, the journal would take more than the database stores in a minute.
            LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
        }
    }

    private void awaitMore() {
        int before = acknowledged.size();
        await("50 more acknowledgements", () -> acknowledged.size() >= before + 50);
    }

    @Test
    void acknowledgesWhileAKilledServerRestartsAndStoresEverythingInOrder() throws Exception {
        signal("KILL");
        await("the engine reports the loss", fixture::databaseLost);
        awaitMore();

        MessageList degraded = fixture.engine().messages(session, 5, Order.NEWEST_FIRST);
        assertTrue(degraded.degraded());
        assertEquals(5, degraded.size());
        assertTrue(fixture.engine().read(session.userId(), List.of(acknowledged.getFirst(), acknowledged.getLast()))
                .degraded());

        await("the server restarts", () -> server.restartIfDead());
        await("the engine reports the return", () -> !fixture.databaseLost());
        assertEverythingStoredOnceInOrder();
    }

    @Test
    void acknowledgesWhileAServerIsSuspendedAndStoresEverythingInOrder() throws Exception {
        signal("STOP");
        try {
            await("the engine reports the loss", fixture::databaseLost);
            awaitMore();
            assertTrue(fixture.engine().messages(session, 5, Order.NEWEST_FIRST).degraded());
        } finally {
            signal("CONT");
        }
        await("the engine reports the return", () -> !fixture.databaseLost());
        assertEverythingStoredOnceInOrder();
    }

    /// Every packet is lost between pool and server, and no connection is closed: the proxy of the program keeps all of
    /// them.
    @Test
    void acknowledgesWhileTheNetworkDropsEverythingAndStoresEverythingInOrder() throws Exception {
        Fault hole = new Fault(Fault.Kind.BLACK_HOLE);
        try (NetworkService.Hold _ = fixture.network().hold()) {
            await("the connections lead through the proxy", () -> fixture.network().connections() > 0);
            int open = fixture.network().connections();
            fixture.network().begin(hole);
            assertTrue(fixture.network().connections() >= open);
            try {
                await("the engine reports the loss", fixture::databaseLost);
                awaitMore();

                MessageList degraded = fixture.engine().messages(session, 5, Order.NEWEST_FIRST);
                assertTrue(degraded.degraded());
                assertEquals(5, degraded.size());
                assertTimeout(Duration.ofSeconds(1), () -> assertThrows(StorageUnavailableException.class,
                        () -> fixture.engine().facts(session.userId(), FactQuery.current(1))));
            } finally {
                fixture.network().end(hole);
            }
            await("the engine reports the return", () -> !fixture.databaseLost());
            awaitMore();
        }
        assertEverythingStoredOnceInOrder();
    }

    @Test
    void abortsAReadFromASuspendedServerAndReturnsDegraded() throws Exception {
        signal("STOP");
        try {
            // A backend that the pool opens at this moment is not suspended and may answer once more.
            await("a degraded answer",
                    () -> fixture.engine().messages(session, 5, Order.NEWEST_FIRST).degraded());
        } finally {
            signal("CONT");
        }
    }

    @Test
    void losesNothingWhenTheServerRestartsUnderLoad() throws Exception {
        assertTrue(new ServerProcess(new ServerFolder(folder.path()), programs()).stop());
        awaitMore();
        await("the server restarts", () -> server.restartIfDead());
        awaitMore();
        assertEverythingStoredOnceInOrder();
    }

    private ServerPrograms programs() throws IOException {
        return ServerPrograms.unpackedIn(folder.path().resolve("programs"), ServerAccount.ofThisProcess(), _ -> {});
    }

    private void assertEverythingStoredOnceInOrder() throws InterruptedException {
        stop.set(true);
        writer.join();
        fixture.engine().flush();
        List<UUID> stored = fixture.store().messages().ofSession(session, Integer.MAX_VALUE, Order.OLDEST_FIRST)
                .stream()
                .map(Message::id).toList();

        assertEquals(acknowledged, stored);
        assertFalse(fixture.engine().messages(session, 1, Order.NEWEST_FIRST).degraded());
        assertEquals(0, fixture.journal().status().backlogEntries());
    }

    /// Sends a signal to the server and to all its processes.
    private void signal(String name) throws IOException, InterruptedException {
        long postmaster = PostmasterPid.read(folder.cluster()).orElseThrow().pid();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(ProcessHandle.of(postmaster).orElseThrow()),
                ProcessHandle.of(postmaster).orElseThrow().descendants())
                .forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command).inheritIO().start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
    }
}
