package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.postgres.embedded.TestOutage.Kind;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls at the moment at which the database is back and what was created meanwhile is not stored yet.
@Tag("db")
class UnsettledCreationDbTest {
    /// Number of the next attempts to store creations that lose their connection.
    private final AtomicInteger lost = new AtomicInteger();
    private TestOutage outage;
    private EngineFixture fixture;
    private MemoryEngine engine;

    /// What was created for one user during the outage.
    private record Created(User user, Agent agent, Session session, AddResult round) {
        SessionKey key() {
            return session.key();
        }
    }

    private interface Call {
        void on(Created created);
    }

    @BeforeEach
    void start() throws IOException {
        outage = TestOutage.start();
        fixture = EngineFixture.on(outage.database(), TestFolders.create(), this::losing, "buffer.bypass_mode=false",
                "buffer.performance.enable_auto_flush=false");
        engine = fixture.engine();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        outage.close();
    }

    private MemoryStore losing(MemoryStore real) {
        return StoreCalls.around(real, (method, call) -> {
            if (method.equals("aliases.settle") && lost.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new StorageUnavailableException("The connection was lost.", "", null);
            }
            return call.call();
        });
    }

    private Created create(String name) {
        User user = engine.createUser(name);
        Agent agent = engine.createAgent(user.id(), "agent");
        Session session = engine.createSession(user.id(), agent.id(), "talk");
        return new Created(user, agent, session, engine.addBatch(session.key(), messages("kept")));
    }

    private List<String> contents(SessionKey session) {
        return engine.messages(session, 100, Order.OLDEST_FIRST).stream().map(Message::content).toList();
    }

    private QueryRequest ofAgent(Created created) {
        return QueryRequest.of("kept", 5).within(new QueryFilter(Set.of(), Set.of(created.agent().id()),
                Optional.empty(), Optional.empty(), Set.of(MemoryLayer.M0)));
    }

    private Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("list", created -> assertEquals(List.of("kept"), contents(created.key())));
        calls.put("read", created -> assertEquals(1,
                engine.read(created.user().id(), created.round().messageIds()).size()));
        calls.put("query", created -> assertEquals(1,
                engine.query(created.user().id(), ofAgent(created)).hits().size()));
        calls.put("sessions", created -> assertEquals(List.of(created.session()),
                engine.sessions(created.user().id())));
        calls.put("user", created -> assertEquals(Optional.of(created.user()), engine.user(created.user().name())));
        calls.put("agent", created -> assertEquals(Optional.of(created.agent()),
                engine.agent(created.user().id(), "agent")));
        calls.put("createAgent", created -> engine.createAgent(created.user().id(), "other"));
        calls.put("createSession", created -> engine.createSession(created.user().id(), created.agent().id(), "more"));
        calls.put("same user", created -> assertThrows(DuplicateNameException.class,
                () -> engine.createUser(created.user().name())));
        calls.put("same agent", created -> assertThrows(DuplicateNameException.class,
                () -> engine.createAgent(created.user().id(), "agent")));
        calls.put("same session", created -> assertThrows(DuplicateNameException.class,
                () -> engine.createSession(created.user().id(), created.agent().id(), "talk")));
        calls.put("import of its name", created -> assertThrows(DuplicateNameException.class,
                () -> engine.importUser(created.user().name(), () -> exported().stream())));
        calls.put("deleteMessages", created -> {
            engine.deleteMessages(created.key(), created.round().messageIds());
            assertEquals(List.of(), contents(created.key()));
        });
        calls.put("deleteSession", created -> {
            engine.deleteSession(created.key());
            assertEquals(List.of(), engine.sessions(created.user().id()));
        });
        calls.put("deleteUser", created -> {
            engine.deleteUser(created.user().id());
            assertEquals(Optional.empty(), engine.user(created.user().name()));
        });
        calls.put("export", created -> {
            List<UserRecord> records = new ArrayList<>();
            engine.exportUser(created.user().id(), records::add);
            assertTrue(records.size() >= 4, records.toString());
        });
        calls.put("add, stored at once", created -> {
            fixture.set("buffer.bypass_mode=true");
            engine.addBatch(created.key(), messages("direct"));
            assertEquals(List.of("kept", "direct"), contents(created.key()));
            fixture.set("buffer.bypass_mode=false");
        });
        return calls;
    }

    private List<UserRecord> exported() {
        List<UserRecord> records = new ArrayList<>();
        engine.exportUser(engine.user("known").orElseThrow().id(), records::add);
        return records;
    }

    /// Repeats a call that says that the database cannot be reached, which is an honest answer.
    private static void answered(Runnable call) {
        try {
            call.run();
        } catch (EngineException | AssertionError e) {
            if (!(e instanceof StorageUnavailableException) && !(e.getCause() instanceof StorageUnavailableException)) {
                throw e;
            }
            call.run();
        }
    }

    @Test
    void everyCallSeesWhatWasCreatedMeanwhile() throws Exception {
        fixture.newSession("known");
        Map<String, Call> calls = calls();
        Map<String, Created> created = new LinkedHashMap<>();
        outage.begin(Kind.BLACK_HOLE);
        await("the engine reports the loss", fixture::databaseLost);
        calls.keySet().forEach(name -> created.put(name, create(name)));
        lost.set(Integer.MAX_VALUE);
        outage.end(Kind.BLACK_HOLE);
        await("the engine reports the return", () -> !fixture.databaseLost());
        await("the first attempt lost its connection", () -> lost.get() < Integer.MAX_VALUE);

        List<String> failures = new ArrayList<>();
        calls.forEach((name, call) -> {
            lost.set(1);
            try {
                answered(() -> call.on(Objects.requireNonNull(created.get(name))));
            } catch (EngineException | AssertionError e) {
                failures.add(name + ": " + e.getMessage());
            }
        });

        assertEquals(List.of(), failures);
        lost.set(0);
        assertTrue(engine.awaitExtraction(Duration.ofSeconds(20)));
    }
}
