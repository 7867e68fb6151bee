package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.postgres.embedded.TestOutage.Kind;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Users, agents and sessions that are created while the database is away.
@Tag("db")
class OutageCreationDbTest {
    private TestOutage outage;
    private EngineFixture fixture;
    private MemoryEngine engine;

    @BeforeEach
    void start() throws IOException {
        outage = TestOutage.start();
        fixture = EngineFixture.on(outage.database(), TestFolders.create(), "buffer.bypass_mode=false");
        engine = fixture.engine();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        outage.close();
    }

    private void begin(Kind kind) throws Exception {
        outage.begin(kind);
        await("the engine reports the loss", fixture::databaseLost);
    }

    private void end(Kind kind) throws Exception {
        outage.end(kind);
        await("the engine reports the return", () -> !fixture.databaseLost());
        await("everything is stored", () -> {
            try {
                engine.flush();
                return fixture.journal().status().backlogEntries() == 0;
            } catch (StorageUnavailableException e) {
                return false;
            }
        });
    }

    private List<String> contents(SessionKey session) {
        return engine.messages(session, 100, Order.OLDEST_FIRST).stream().map(Message::content).toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void areStoredWithTheirMessagesWhenItIsBack(Kind kind) throws Exception {
        SessionKey known = fixture.newSession("known");
        begin(kind);
        Agent knownAgent = engine.agent(known.userId(), "agent").orElseThrow();
        Session second = engine.createSession(known.userId(), knownAgent.id(), "second");
        User user = engine.createUser("new");
        Agent agent = engine.createAgent(user.id(), "agent");
        Session session = engine.createSession(user.id(), agent.id(), null);
        engine.addBatch(second.key(), messages("to the second session"));
        engine.addBatch(session.key(), messages("to the new user"));
        assertEquals(List.of("to the new user"), contents(session.key()));
        assertEquals(user, engine.user("new").orElseThrow());
        assertEquals(agent, engine.agent(user.id(), "agent").orElseThrow());

        end(kind);

        assertEquals(List.of("to the second session"), contents(second.key()));
        assertEquals(List.of("to the new user"), contents(session.key()));
        assertEquals(user, engine.user("new").orElseThrow());
        assertEquals(List.of(session), engine.sessions(user.id()));
        assertEquals(2, fixture.count("SELECT count(*) FROM messages"));
        assertEquals(0, fixture.count("SELECT count(*) FROM id_aliases"));
    }

    /// The database refuses the session, and its messages become dead letters. They are not those of a deleted session.
    @Test
    void thatCannotBeStoredLeaveTheDeadLettersOfTheirMessages() throws Exception {
        SessionKey known = fixture.newSession("known");
        SessionKey deleted = fixture.newSession("deleted");
        UUID agent = engine.agent(known.userId(), "agent").orElseThrow().id();
        execute("ALTER TABLE messages ADD CONSTRAINT good CHECK (content NOT LIKE 'refused%')");
        execute("ALTER TABLE sessions ADD CONSTRAINT good CHECK (name <> 'second')");
        engine.addBatch(deleted, messages("refused"));
        engine.flush();
        begin(Kind.BLACK_HOLE);
        Session second = engine.createSession(known.userId(), agent, "second");
        engine.addBatch(second.key(), messages("to the second session"));

        outage.end(Kind.BLACK_HOLE);

        await("the letters", () -> {
            try {
                engine.flush();
            } catch (EngineException e) {
                // The database is still away.
                return false;
            }
            return engine.deadLetters().count() == 2;
        });
        execute("DELETE FROM users WHERE user_id = '" + deleted.userId() + "'");
        await("the letter of the deleted user is removed", () -> letters().size() == 1);
        // Waits for the sweep that removed it.
        fixture.engine().close();
        assertEquals(List.of(second.key()), letters());
    }

    /// As after a failover to a standby that lacks the last commits.
    @Test
    void areStoredAlsoWhenTheAgentIsLost() throws Exception {
        SessionKey known = fixture.newSession("known");
        UUID agent = engine.agent(known.userId(), "agent").orElseThrow().id();
        begin(Kind.BLACK_HOLE);
        Session second = engine.createSession(known.userId(), agent, "second");
        engine.addBatch(second.key(), messages("to the second session"));
        execute("DELETE FROM agents WHERE agent_id = '" + agent + "'");

        end(Kind.BLACK_HOLE);

        assertEquals(List.of("to the second session"), contents(second.key()));
        assertEquals(0, engine.deadLetters().count());
        assertEquals(agent, engine.sessions(known.userId()).getFirst().agentId());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = outage.direct().connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<SessionKey> letters() {
        List<SessionKey> sessions = new ArrayList<>();
        engine.deadLetters().forEach(letter -> sessions.add(letter.session()));
        return sessions;
    }

    @Test
    void haveUniqueNamesAndNeedWhatExists() throws Exception {
        SessionKey known = fixture.newSession("known");
        UUID agent = engine.agent(known.userId(), "agent").orElseThrow().id();
        begin(Kind.BLACK_HOLE);

        engine.createUser("new");
        engine.createSession(known.userId(), agent, "second");

        assertThrows(DuplicateNameException.class, () -> engine.createUser("new"));
        assertThrows(DuplicateNameException.class, () -> engine.createUser("known"));
        assertThrows(DuplicateNameException.class, () -> engine.createAgent(known.userId(), "agent"));
        assertThrows(DuplicateNameException.class, () -> engine.createSession(known.userId(), agent, "second"));
        assertThrows(StorageUnavailableException.class, () -> engine.createAgent(UUID.randomUUID(), "agent"));
        assertThrows(StorageUnavailableException.class,
                () -> engine.createSession(known.userId(), UUID.randomUUID(), null));
        assertThrows(StorageUnavailableException.class, () -> engine.user("nobody knows"));
        end(Kind.BLACK_HOLE);
    }

    @Test
    void areRefusedWhenAddsDoNotGoToTheJournal() throws Exception {
        fixture.set("buffer.bypass_mode=true");
        begin(Kind.KILLED);

        assertThrows(StorageUnavailableException.class, () -> engine.createUser("new"));
        outage.end(Kind.KILLED);
    }

    /// Another program created the same names while this one could not see them.
    @Test
    void whoseNamesExistLeadToTheExistingOnes() throws Exception {
        begin(Kind.BLACK_HOLE);
        User given = engine.createUser("shared");
        Agent givenAgent = engine.createAgent(given.id(), "agent");
        Session givenSession = engine.createSession(given.id(), givenAgent.id(), "talk");
        Session ownSession = engine.createSession(given.id(), givenAgent.id(), "own");
        engine.addBatch(givenSession.key(), messages("from here"));
        engine.addBatch(ownSession.key(), messages("from here too"));
        User existing;
        Session talk;
        try (EngineFixture other = EngineFixture.on(outage.direct(), TestFolders.create())) {
            existing = other.engine().createUser("shared");
            Agent agent = other.engine().createAgent(existing.id(), "agent");
            talk = other.engine().createSession(existing.id(), agent.id(), "talk");
            other.engine().addBatch(talk.key(), messages("from there"));
        }

        end(Kind.BLACK_HOLE);

        assertEquals(existing, engine.user("shared").orElseThrow());
        for (SessionKey key : List.of(talk.key(), givenSession.key())) {
            assertEquals(List.of("from there", "from here"), contents(key));
        }
        assertEquals(List.of("from here too"), contents(ownSession.key()));
        assertEquals(List.of("own", "talk"), engine.sessions(existing.id()).stream().map(Session::name).toList());
        engine.addBatch(givenSession.key(), messages("later"));
        assertEquals(List.of("from there", "from here", "later"), contents(talk.key()));
        Session third = engine.createSession(given.id(), givenAgent.id(), "third");
        assertEquals(existing.id(), third.key().userId());
        QueryFilter inTalk = new QueryFilter(Set.of(givenSession.key().sessionId()),
                Set.of(givenAgent.id()), Optional.empty(), Optional.empty(),
                Set.of(MemoryLayer.M0));
        assertEquals(3, engine.query(given.id(), QueryRequest.of("from here later", 10).within(inTalk)).hits().size());
        assertEquals(1, fixture.count("SELECT count(*) FROM users"));

        fixture.restart();
        engine = fixture.engine();
        engine.addBatch(givenSession.key(), messages("after a restart"));
        assertEquals(List.of("from there", "from here", "later", "after a restart"), contents(talk.key()));

        engine.deleteSession(givenSession.key());
        assertThrows(NotFoundException.class, () -> contents(talk.key()));
        engine.deleteUser(given.id());
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
        fixture.restart();
        assertTrue(fixture.engine().user("shared").isEmpty());
    }

    /// The files of the journal at a moment are what a kill at that moment leaves.
    @Test
    void surviveAKillBeforeAndAfterTheyAreStored() throws Exception {
        begin(Kind.BLACK_HOLE);
        User user = engine.createUser("new");
        Agent agent = engine.createAgent(user.id(), "agent");
        Session session = engine.createSession(user.id(), agent.id(), "talk");
        engine.addBatch(session.key(), messages("kept"));
        Path killed = copy(fixture.folder());
        Path killedAgain = copy(fixture.folder());

        try (EngineFixture next = EngineFixture.on(outage.direct(), killed, "buffer.bypass_mode=false")) {
            next.engine().flush();
            assertEquals(List.of("kept"), next.engine().messages(session.key(), 9, Order.OLDEST_FIRST)
                    .stream().map(Message::content).toList());
        }
        // What this journal holds was stored meanwhile: a second replay has no effect.
        try (EngineFixture again = EngineFixture.on(outage.direct(), killedAgain, "buffer.bypass_mode=false")) {
            again.engine().flush();
            assertEquals(0, again.journal().status().backlogEntries());
        }
        end(Kind.BLACK_HOLE);
        assertEquals(1, fixture.count("SELECT count(*) FROM users"));
        assertEquals(1, fixture.count("SELECT count(*) FROM messages"));
        assertFalse(engine.messages(session.key(), 9, Order.OLDEST_FIRST).degraded());
    }

    private static Path copy(Path folder) throws IOException {
        Path copy = TestFolders.create();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(folder.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return copy;
    }
}
