package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways in which the original MemFuse lost or mixed up data, by the number of the defect.
@Tag("db")
class OriginalDefectsDbTest {
    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            + "AND datname = current_database() AND application_name = 'memfuse-console'";

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=false");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void add(SessionKey to, String content) {
        fixture.engine().addBatch(to, messages(content));
    }

    private List<String> listed(SessionKey of) {
        return fixture.engine().messages(of, 100, Order.OLDEST_FIRST).stream().map(Message::content).toList();
    }

    private long count(String sql, Object... values) {
        try {
            return fixture.count(sql, values);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long storedIn(SessionKey of) {
        return count("SELECT count(*) FROM messages WHERE user_id = ? AND session_id = ?", of.userId(),
                of.sessionId());
    }

    /// What a background thread does; joining it rethrows what it threw.
    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection lockSessions() throws SQLException {
        Connection connection = fixture.connect();
        connection.setAutoCommit(false);
        execute(connection, "SELECT 1 FROM sessions FOR UPDATE");
        return connection;
    }

    @Test
    void defect1TheSequenceContinuesAcrossFlushes() {
        add(session, "one");
        fixture.engine().flush();
        add(session, "two");
        fixture.engine().flush();

        List<Message> stored = fixture.engine().messages(session, 10, Order.OLDEST_FIRST);

        assertEquals(List.of("one", "two"), stored.stream().map(Message::content).toList());
        assertEquals(List.of(1L, 2L), stored.stream().map(Message::sequence).toList());
    }

    @Test
    void defect2OneFlushKeepsEachMessageInItsSession() {
        SessionKey other = fixture.anotherSession(session);
        add(session, "a");
        add(other, "b");
        add(session, "c");
        fixture.engine().flush();

        assertEquals(List.of("a", "c"), listed(session));
        assertEquals(List.of("b"), listed(other));
        assertEquals(2, storedIn(session));
        assertEquals(1, storedIn(other));
    }

    @Test
    void defect4AnExitStoresRoundBufferHybridBufferAndQueue() {
        fixture.set("buffer.round_buffer.max_size=1", "buffer.hybrid_buffer.max_size=3",
                "buffer.performance.max_flush_workers=1");
        for (int i = 0; i < 12; i++) {
            add(session, "m" + i);
        }

        fixture.engine().close();

        assertEquals(12, storedIn(session));
    }

    /// What is acknowledged while the engine closes is stored, or was never acknowledged.
    @Test
    void defect4AnExitWaitsForTheCallThatRuns() throws Exception {
        SessionKey fresh = fixture.anotherSession(session);
        try (Connection locking = fixture.connect()) {
            locking.setAutoCommit(false);
            execute(locking, "LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> writer = inBackground(() -> add(fresh, "acknowledged"));
            await("the writer looks its session up", () -> count(WAITING) == 1);
            Thread closer = Thread.ofPlatform().start(() -> fixture.engine().close());
            await("the exit waits", () -> closer.getState() == Thread.State.TIMED_WAITING
                    || closer.getState() == Thread.State.TERMINATED);
            locking.rollback();

            writer.join();
            closer.join();
            assertEquals(1, storedIn(fresh));
        }
        assertThrows(EngineException.class, () -> add(fresh, "too late"));
    }

    @Test
    void defect19MessagesStayReadableWhileTheirFlushIsInFlight() throws Exception {
        AddResult added = fixture.engine().addBatch(session, messages("in flight"));
        try (Connection locking = lockSessions()) {
            CompletableFuture<Void> flush = inBackground(fixture.engine()::flush);
            await("the flush waits for the lock", () -> count(WAITING) == 1);

            assertEquals(List.of("in flight"), listed(session));
            List<Message> read = fixture.engine().read(session.userId(), added.messageIds());
            assertEquals(List.of(Message.Origin.IN_FLIGHT), read.stream().map(Message::origin).toList());
            assertEquals(1, fixture.engine().query(session.userId(), "flight", 5).hits().size());

            locking.rollback();
            flush.join();
        }
        assertEquals(Message.Origin.DATABASE,
                fixture.engine().read(session.userId(), added.messageIds()).getFirst().origin());
    }

    @Test
    void defect49ADeletedSessionDoesNotTakeOthersAlong() {
        SessionKey other = fixture.anotherSession(session);
        add(session, "of the deleted session");
        add(other, "of the other session");
        // Behind the engine's back, as another program would.
        fixture.store().deleteSession(session);

        fixture.engine().flush();

        assertEquals(List.of("of the other session"), listed(other));
        assertEquals(1, storedIn(other));
        assertEquals(0, storedIn(session));
    }

    @Test
    void defect50DeletingASessionDropsAllOfItsBufferedMessages() {
        fixture.set("buffer.round_buffer.max_size=1", "buffer.hybrid_buffer.max_size=1000");
        for (int i = 0; i < 50; i++) {
            add(session, "m" + i);
        }

        assertEquals(50, fixture.engine().deleteSession(session).buffered());
        fixture.engine().flush();

        assertEquals(0, count("SELECT count(*) FROM messages"));
    }

    @Test
    void aMessageAddedTwiceIsListedOnceAlsoWhileItIsBuffered() {
        List<NewMessage> batch = messages("again");
        fixture.engine().addBatch(session, batch);
        fixture.engine().addBatch(session, batch);

        assertEquals(List.of("again"), listed(session));
        fixture.engine().flush();
        assertEquals(List.of("again"), listed(session));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAttemptOfAFlushEndsAfterTheFlushTimeoutAndIsRepeated(boolean consolidated) throws Exception {
        fixture.set("buffer.performance.flush_timeout=0.4", "queries.consolidated=" + consolidated);
        add(session, "patient");
        try (Connection locking = lockSessions()) {
            CompletableFuture<Void> flush = inBackground(fixture.engine()::flush);
            await("the first attempt waits for the lock", () -> count(WAITING) == 1);
            await("the first attempt ends while the lock is held", () -> count(WAITING) == 0);
            assertEquals(List.of("patient"), listed(session));
            locking.rollback();

            flush.join();
        }
        assertEquals(1, storedIn(session));
    }

    @Test
    void aFlushWaitsForALockAsLongAsItsTimeoutAllows() throws Exception {
        fixture.set("buffer.performance.flush_timeout=30");
        add(session, "patient");
        try (Connection locking = lockSessions()) {
            CompletableFuture<Void> flush = inBackground(fixture.engine()::flush);
            await("the attempt waits for the lock", () -> count(WAITING) == 1);
            long later = System.nanoTime() + java.time.Duration.ofMillis(1_200).toNanos();
            await("longer than the short timeout", () -> System.nanoTime() > later);

            assertEquals(1, count(WAITING));
            locking.rollback();
            flush.join();
        }
        assertEquals(1, storedIn(session));
    }
}
