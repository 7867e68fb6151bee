package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Defects in which the original MemFuse lost or mixed up data, by number.
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

    /// A task on a background thread; joining it rethrows its exception.
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

    /// Every message that is acknowledged while the engine closes is stored.
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

    private static Chunk chunk(List<UUID> ids, float[] vector) {
        return new Chunk(UUID.randomUUID(), ids, "made of it", "message", 1, vector, "m");
    }

    @Test
    void defect8AFlushThatIsRepeatedStoresNothingTwice() {
        List<NewMessage> batch = messages("one", "two");
        StoredRound round = new StoredRound(UUID.randomUUID(), session, Instant.now(), batch, List.of(1, 1),
                List.of(chunk(List.of(batch.getFirst().id()), new float[]{1})), Set.of(DerivedLayer.M1));

        fixture.store().rounds().store(session.userId(), List.of(round), Duration.ZERO);
        fixture.store().rounds().store(session.userId(), List.of(round), Duration.ZERO);

        assertEquals(List.of("one", "two"), listed(session));
        assertEquals(1, count("SELECT count(*) FROM rounds"));
        assertEquals(1, count("SELECT count(*) FROM m1_episodic"));
    }

    /// The second round cannot be stored: a chunk must name a message.
    @Test
    void defect9AFlushIsStoredWholeOrNotAtAll() {
        StoredRound good = new StoredRound(UUID.randomUUID(), session, Instant.now(), messages("one"), List.of(1),
                List.of(), Set.of());
        StoredRound bad = new StoredRound(UUID.randomUUID(), fixture.anotherSession(session), Instant.now(),
                messages("two"), List.of(1), List.of(chunk(List.of(), new float[]{1})), Set.of(DerivedLayer.M1));

        assertThrows(EngineException.class,
                () -> fixture.store().rounds().store(session.userId(), List.of(good, bad), Duration.ZERO));

        assertEquals(0, count("SELECT count(*) FROM messages"));
        assertEquals(0, count("SELECT count(*) FROM rounds"));
    }

    @Test
    void defect10ACommitWaitsUntilItIsWritten() {
        assertEquals(1, count("SELECT count(*) FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'on'"));
    }

    @Test
    void defect11AnUnknownUserIsRefusedAndNotMadeUp() {
        UUID nobody = UUID.randomUUID();

        assertThrows(NotFoundException.class, () -> fixture.engine().createAgent(nobody, "agent"));
        assertThrows(NotFoundException.class,
                () -> fixture.engine().addBatch(new SessionKey(nobody, session.sessionId()), messages("lost")));
        fixture.engine().flush();

        assertEquals(1, count("SELECT count(*) FROM users"));
        assertEquals(0, count("SELECT count(*) FROM messages"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void defect12DeletionByIdKeepsToItsSession(boolean stored) {
        SessionKey other = fixture.anotherSession(session);
        AddResult added = fixture.engine().addBatch(session, messages("of this session"));
        if (stored) {
            fixture.engine().flush();
        }

        assertEquals(new DeleteResult(0, 0, 0, 0, 0, 0), fixture.engine().deleteMessages(other, added.messageIds()));

        assertEquals(List.of("of this session"), listed(session));
    }

    @Test
    void defect14NoTextOfAMessageIsLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        try {
            fixture.set("layers.m1.enabled=true", "layers.m2.enabled=true", "buffer.round_buffer.max_size=1");
            add(session, "I like my secret Quorvexil very much.");
            fixture.engine().flush();
            fixture.engine().query(session.userId(), "Quorvexil", 5);
            assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
            fixture.engine().deleteUser(session.userId());
            LoggerFactory.getLogger(getClass()).info("the log is watched");
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        List<String> lines = log.list.stream().filter(event -> !event.getLoggerName().startsWith("org.postgresql"))
                .map(ILoggingEvent::getFormattedMessage).toList();
        assertTrue(lines.contains("the log is watched"));
        assertEquals(List.of(), lines.stream().filter(line -> line.contains("Quorvexil")).toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void defect18TheBestHitIsGivenWhereverItIs(boolean stored) {
        add(session, "The lighthouse keeper lives on the island.");
        if (stored) {
            fixture.engine().flush();
        }
        add(session, "Something about bread.");

        QueryResult best = fixture.engine().query(session.userId(), "Who keeps the lighthouse?", 1);

        assertEquals(List.of("The lighthouse keeper lives on the island."),
                best.hits().stream().map(hit -> hit.message().content()).toList());
    }

    /// Chunks of the transfer are stored with their messages in one transaction; extraction builds the rest.
    @Test
    void defect39WhatTheTransferEmbeddedIsStoredAndNotEmbeddedAgain() {
        fixture.set("layers.m1.enabled=true", "buffer.round_buffer.max_size=1",
                "buffer.hybrid_buffer.embedding=transfer");
        add(session, "embedded at the transfer");
        add(session, "makes room");
        fixture.engine().flush();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        assertEquals(2, count("SELECT count(*) FROM m1_episodic"));
        assertEquals(1, count("SELECT count(*) FROM m1_episodic c JOIN messages m "
                + "ON m.message_id = c.message_ids[1] AND m.xmin = c.xmin WHERE m.content LIKE 'embedded%'"));
    }

    @Test
    void defect48AStartMakesNoUsers() throws SQLException {
        try (EngineFixture fresh = EngineFixture.start()) {
            fresh.restart();
            assertEquals(0, fresh.count("SELECT count(*) FROM users"));
        }
    }

    @Test
    void defect49ADeletedSessionDoesNotTakeOthersAlong() {
        SessionKey other = fixture.anotherSession(session);
        add(session, "of the deleted session");
        add(other, "of the other session");
        // Directly in the database, as another program would.
        fixture.store().deletions().deleteSession(session);

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
            long later = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
            await("longer than the short timeout", () -> System.nanoTime() > later);

            assertEquals(1, count(WAITING));
            locking.rollback();
            flush.join();
        }
        assertEquals(1, storedIn(session));
    }
}
