package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.memfuse.background.EndableCall;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A server that answers and takes no writes: its disk or memory is full, or it is read-only. Nothing is lost, and the
/// log says so once.
@Tag("db")
class WriteRefusalDbTest {
    private static final int USERS = 10;

    private final AtomicInteger probes = new AtomicInteger();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TestServer.TestDatabase database;
    private EngineFixture fixture;
    private List<SessionKey> sessions;

    @BeforeEach
    void start() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
        fixture = EngineFixture.on(database, TestFolders.create(), this::counting, "buffer.bypass_mode=false",
                "buffer.performance.flush_interval=0.1");
        sessions = IntStream.range(0, USERS).mapToObj(i -> fixture.newSession("user-" + i)).toList();
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() throws SQLException {
        logger().detachAppender(log);
        fixture.close();
        TestServer.drop(database);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.memfuse");
    }

    private MemoryStore counting(MemoryStore real) {
        return StoreCalls.around(real, (method, call) -> {
            if (method.equals("availability.whyAway")) {
                probes.incrementAndGet();
            }
            return call.call();
        });
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> logged(String part) {
        return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(part)).toList();
    }

    private List<String> errors() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage).toList();
    }

    private long attempts() {
        try {
            return fixture.count("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM attempts");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
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

    @ParameterizedTest
    @ValueSource(strings = {"53100", "58030"})
    void isOneLineAtTheStartAndOneAtTheEnd(String state) throws SQLException {
        execute("CREATE SEQUENCE attempts",
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('attempts'); "
                        + "RAISE EXCEPTION 'could not extend file' USING ERRCODE = '" + state + "'; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse()");
        sessions.forEach(session -> fixture.engine().addBatch(session, messages("kept")));
        Thread.ofVirtual().start(() -> fixture.engine().flush());
        await("a round was tried several times", () -> attempts() >= 4);
        assertEquals(1, errors().size(), errors().toString());
        assertTrue(errors().getFirst().contains("could not extend file"), errors().getFirst());
        assertEquals(0, fixture.engine().deadLetters().count());
        // It answers: reads go on, and the pool is kept.
        assertFalse(fixture.databaseLost());
        assertFalse(fixture.engine().messages(sessions.getFirst(), 5, Order.OLDEST_FIRST).degraded());
        assertEquals(List.of(), logged("Pool: memfuse replaces"));

        execute("DROP TRIGGER refuse ON messages");
        await("everything is stored", this::flushes);
        assertEquals(USERS, fixture.count("SELECT count(*) FROM messages"));
        await("the end is logged", () -> logged("takes writes again").size() == 1);
        assertEquals(1, errors().size(), errors().toString());
    }

    @Test
    void whatWouldWaitForBufferedMessagesIsRefusedAtOnce() throws SQLException {
        execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + "RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse()");
        SessionKey session = sessions.getFirst();
        UUID id = fixture.engine().addBatch(session, messages("kept")).messageIds().getFirst();
        // The request of a client that had its answer ends too, though the refusal came after its beginning.
        EndableCall request = new EndableCall();
        ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();
        Thread.ofVirtual().start(() -> {
            try {
                ends.add("stored " + request.run(() -> {
                    fixture.engine().flush();
                    return true;
                }));
            } catch (Exception e) {
                ends.add(String.valueOf(e.getMessage()));
            }
        });
        await("the refusal", () -> !logged("refuses writes").isEmpty());

        for (Runnable call : List.<Runnable>of(() -> fixture.engine().exportUser(session.userId(), _ -> {}),
                () -> fixture.engine().deleteMessages(session, List.of(id)),
                () -> fixture.engine().deleteSession(session), () -> fixture.engine().deleteUser(session.userId()),
                () -> fixture.engine().updateMessages(session, List.of(new MessageChange(id, Role.USER, "new"))))) {
            String sentence = String
                    .valueOf(assertThrows(StorageUnavailableException.class, call::run).getMessage());
            assertTrue(sentence.contains("refuses to store the buffered messages"), sentence);
        }
        request.end();
        await("the end of the request", () -> !ends.isEmpty());
        assertTrue(ends.element().startsWith("The call ended before"), ends.toString());
        fixture.engine().deleteUser(sessions.getLast().userId());

        execute("DROP TRIGGER refuse ON messages");
        await("everything is stored", this::flushes);
        assertEquals(1, fixture.count("SELECT count(*) FROM messages"));
        await("the end", () -> !logged("takes writes again").isEmpty());
        fixture.engine().deleteMessages(session, List.of(id));
        assertEquals(0, fixture.count("SELECT count(*) FROM messages"));
    }

    @Test
    void manyRefusedRoundsAreFewLines() throws SQLException {
        execute("ALTER TABLE messages ADD CONSTRAINT good CHECK (content <> 'bad') NOT VALID");
        for (int i = 0; i < 5; i++) {
            sessions.forEach(session -> fixture.engine().addBatch(session, messages("bad")));
            fixture.engine().flush();
        }

        assertEquals(5 * USERS, fixture.engine().deadLetters().count());
        assertEquals(1, errors().size(), errors().toString());
    }

    @Test
    void keepsThePoolWhileTheServerIsReadOnly() throws SQLException {
        sessions.forEach(session -> fixture.engine().addBatch(session, messages("before")));
        await("stored", this::flushes);
        String name = fixture.database().target().url().replaceAll(".*/([^/?]+).*", "$1");
        execute("ALTER DATABASE \"" + name + "\" SET default_transaction_read_only = on",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                        + "AND pid <> pg_backend_pid()");
        sessions.forEach(session -> fixture.engine().addBatch(session, messages("while it is read-only")));
        await("the engine reports the loss", fixture::databaseLost);
        log.list.clear();
        int before = probes.get();

        await("several checks, and flushes are tried again each second", () -> probes.get() >= before + 8);

        List<String> pools = new ArrayList<>(logged("Pool: memfuse"));
        assertTrue(pools.size() <= 2, pools.toString());
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE \"" + name + "\" RESET default_transaction_read_only");
        }
        await("everything is stored", this::flushes);
        assertEquals(Set.of(2L * USERS), Set.of(fixture.count("SELECT count(*) FROM messages")));
    }
}
