package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.postgres.embedded.TcpProxy;
import dev.memfuse.postgres.embedded.TestReplicas;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A standby becomes the primary server under load.
@Tag("db")
class FailoverDbTest {
    private static final int WRITERS = 8;
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(5);
    private static final double MAX_SECONDS = 5;
    /// By default, a round buffer gives five rounds to a hybrid buffer, which is flushed with five of its own.
    private static final int ROUNDS_THAT_FILL_THE_BUFFERS = 20;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<Exception> lastFailure = new AtomicReference<>();
    private final AtomicLong lastFailedAt = new AtomicLong(System.nanoTime());
    private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<Thread> writers = new ArrayList<>();
    private TestReplicas servers;
    private TcpProxy proxy;
    @SuppressWarnings("NullAway.Init")
    private EngineFixture fixture;
    @SuppressWarnings("NullAway.Init")
    private SessionKey quiet;

    @BeforeEach
    void start() throws IOException {
        servers = TestReplicas.start();
        proxy = new TcpProxy(servers.firstPort());
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        stopWriters();
        fixture.close();
        proxy.close();
        servers.close();
    }

    private void stopWriters() throws InterruptedException {
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void write(String hosts, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("postgres.pool_recycle=3600");
        // A single message is flushed soon.
        all.add("buffer.performance.flush_interval=0.1");
        fixture = EngineFixture.on(servers.at(hosts), TestFolders.create(), all.toArray(String[]::new));
        quiet = fixture.newSession("quiet");
        for (int i = 0; i < WRITERS; i++) {
            SessionKey session = fixture.newSession("user-" + i);
            writers.add(Thread.ofVirtual().start(() -> write(session)));
        }
        awaitMore();
    }

    private void write(SessionKey session) {
        while (!stop.get()) {
            try {
                acknowledged.addAll(fixture.engine().addBatch(session, messages("text")).messageIds());
                // Faster, the journal would take more than the database stores in a minute.
                LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
            } catch (StorageUnavailableException e) {
                failures.incrementAndGet();
                lastFailure.set(e);
                lastFailedAt.set(System.nanoTime());
                // As a caller that tries again would, and not to take the processors from the servers.
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void awaitMore() {
        int before = acknowledged.size();
        await("more acknowledgements", () -> acknowledged.size() >= before + 20 * WRITERS);
    }

    /// Writes that failed before the switch was complete could not succeed; from then on the time runs until the
    /// database takes writes. What waits in the buffers then is stored afterwards, which takes as long as it is much.
    private void assertWritableSoon(String name) throws InterruptedException {
        int failedBefore = failures.get();
        long start = System.nanoTime();
        awaitMore();
        // Of a user without a backlog, which would be stored first, and enough to fill its buffers.
        SessionKey session = quiet;
        List<UUID> added = new ArrayList<>();
        await("a user without a backlog adds", () -> adds(session, added));
        await("a new message is stored", () -> isStored(session, added.getFirst()));
        long writable = System.nanoTime();
        await("what is buffered is stored", this::flushes);
        awaitMore();
        // Connections to the former primary may still fail beside new ones that succeed, after a wait of their own; the
        // time runs until none does, and each writer has ended its last call.
        stopWriters();
        double seconds = (Math.max(writable, lastFailedAt.get()) - start) / 1e9;
        int failedUntilWritable = failures.get() - failedBefore;
        System.out.printf(Locale.ROOT, "%s: writable after %.2f s, %d calls failed before, %d during that time%n", name,
                seconds, failedBefore, failedUntilWritable);
        assertTrue(seconds < MAX_SECONDS, () -> seconds + " s, last failure: " + lastFailure.get());
        fixture.engine().flush();
    }

    /// A call may still get a connection to the former primary: it fails, and its caller tries again.
    private boolean adds(SessionKey session, List<UUID> added) {
        try {
            while (added.size() <= ROUNDS_THAT_FILL_THE_BUFFERS) {
                added.add(fixture.engine().addBatch(session, messages("text", "text", "text", "text", "text"))
                        .messageIds().getFirst());
            }
            return true;
        } catch (StorageUnavailableException e) {
            return false;
        }
    }

    private boolean isStored(SessionKey session, UUID message) {
        try {
            return !fixture.store().messages().read(session.userId(), List.of(message)).isEmpty();
        } catch (StorageUnavailableException e) {
            return false;
        }
    }

    private boolean flushes() {
        try {
            fixture.engine().flush();
            return true;
        } catch (StorageUnavailableException e) {
            return false;
        }
    }

    private Set<UUID> storedInSecond() throws Exception {
        Set<UUID> stored = new HashSet<>();
        try (var connection = servers.second().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT message_id FROM messages")) {
            while (rows.next()) {
                stored.add(rows.getObject(1, UUID.class));
            }
        }
        return stored;
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=true", "buffer.bypass_mode=false"})
    void leavesAPrimaryThatBecameReadOnlyBehindOneAddress(String mode) throws Exception {
        write("127.0.0.1:" + proxy.port(), mode);

        servers.switchOver();
        proxy.leadTo(servers.secondPort());

        assertWritableSoon("read-only primary, " + mode);
        assertTrue(storedInSecond().containsAll(acknowledged));
    }

    @Test
    void followsThePrimaryAmongSeveralHostsWhenItBecomesReadOnly() throws Exception {
        write("127.0.0.1:" + servers.secondPort() + ",127.0.0.1:" + servers.firstPort());

        servers.switchOver();

        assertWritableSoon("several hosts, read-only primary");
        assertTrue(storedInSecond().containsAll(acknowledged));
    }

    @Test
    void followsThePrimaryAmongSeveralHostsWhenItIsKilled() throws Exception {
        write("127.0.0.1:" + servers.firstPort() + ",127.0.0.1:" + servers.secondPort(),
                "buffer.bypass_mode=false");

        servers.killFirst();

        assertWritableSoon("several hosts, killed primary");
    }

    /// The standby is asynchronous: it had not received these commits when it became the primary server.
    @Test
    void storesAgainWhatTheNewPrimaryDidNotReceive() throws Exception {
        fixture = EngineFixture.on(servers.at("127.0.0.1:" + servers.firstPort() + ",127.0.0.1:"
                + servers.secondPort()), TestFolders.create(), "buffer.bypass_mode=false",
                "buffer.performance.flush_interval=0.1");
        SessionKey session = fixture.newSession("user");
        SessionKey deleting = fixture.newSession("deleting");
        List<UUID> received = fixture.engine().addBatch(session, messages("received")).messageIds();
        List<UUID> deleted = fixture.engine().addBatch(deleting, messages("deleted", "kept")).messageIds();
        fixture.engine().flush();
        fixture.engine().deleteMessages(deleting, deleted.subList(0, 1));
        servers.stopReplication();
        List<UUID> lost = fixture.engine().addBatch(session, messages("lost", "lost too")).messageIds();
        fixture.engine().addBatch(deleting, messages("lost"));
        fixture.engine().flush();
        assertTrue(isStored(session, lost.getFirst()));

        servers.killFirst();

        await("the lost commit is stored again", () -> isStored(session, lost.getFirst()));
        Set<UUID> stored = storedInSecond();
        assertTrue(stored.containsAll(lost) && stored.containsAll(received));
        // Not of a user that deleted something: it could be what was deleted.
        assertEquals(2 + 1 + 1, stored.size());
        assertEquals(List.of("received", "lost", "lost too"), fixture.engine()
                .messages(session, 10, Order.OLDEST_FIRST).stream().map(Message::content).toList());
    }

    /// The journal still holds a round that the database refused. It is a dead letter, and holds up no other.
    @Test
    void aRefusedRoundHoldsUpNoLostOne() throws Exception {
        fixture = EngineFixture.on(servers.at("127.0.0.1:" + servers.firstPort() + ",127.0.0.1:"
                + servers.secondPort()), TestFolders.create(), "buffer.bypass_mode=false",
                "buffer.performance.flush_interval=0.1");
        SessionKey session = fixture.newSession("user");
        SessionKey other = fixture.newSession("other");
        try (var connection = fixture.connect(); var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE messages ADD CONSTRAINT good CHECK (content NOT LIKE 'secret%')");
        }
        fixture.engine().addBatch(session, messages("secret"));
        fixture.engine().flush();
        assertEquals(1, fixture.engine().deadLetters().count());
        servers.stopReplication();
        List<UUID> lost = fixture.engine().addBatch(session, messages("lost")).messageIds();
        List<UUID> lostToo = fixture.engine().addBatch(other, messages("lost too")).messageIds();
        fixture.engine().flush();
        assertTrue(isStored(session, lost.getFirst()));

        servers.killFirst();

        await("the lost commits are stored again",
                () -> isStored(session, lost.getFirst()) && isStored(other, lostToo.getFirst()));
        assertEquals(2, storedInSecond().size());
        assertEquals(1, fixture.engine().deadLetters().count());
    }

    /// The network loses the state of the connections, and nothing refuses: they hang while new ones work.
    @Test
    void leavesConnectionsThatHang() throws Exception {
        write("127.0.0.1:" + proxy.port());

        proxy.freezeExisting();

        assertWritableSoon("hanging connections");
    }

    /// The server has done the work and is idle, while its answer is lost with the network.
    @Test
    @Timeout(60)
    void leavesConnectionsWhoseAnswerIsLost() throws Exception {
        write("127.0.0.1:" + proxy.port(), "buffer.bypass_mode=true");

        proxy.loseNextAnswer();

        assertWritableSoon("lost answer");
        assertTrue(failures.get() > 0, "no writer waited for the lost answer");
    }

    /// The address of the primary moves to another machine, and the old one does not even refuse.
    @Test
    void leavesAPrimaryWhoseConnectionsHang() throws Exception {
        write("127.0.0.1:" + proxy.port());

        proxy.freezeExisting();
        servers.switchOver();
        proxy.leadTo(servers.secondPort());

        assertWritableSoon("hanging connections to the former primary");
    }
}
