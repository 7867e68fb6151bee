package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.postgres.embedded.TestOutage.Kind;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ids that were given out during an outage and stand for existing ones lead to these for every engine, at once.
@Tag("db")
class IdAliasDbTest {
    private static List<String> contents(MemoryEngine engine, SessionKey session) {
        return engine.messages(session, 100, Order.OLDEST_FIRST).stream().map(Message::content).toList();
    }

    private static List<String> hits(MemoryEngine engine, UUID user, QueryRequest request) {
        return engine.query(user, request).hits().stream().map(QueryResult.Hit::content).sorted().toList();
    }

    /// The rows that another engine on the database stores when it settles an outage.
    private static final class Aliases {
        private final EngineFixture fixture;
        private final SessionKey existing;
        private final UUID agent;

        Aliases(EngineFixture fixture, SessionKey existing) {
            this.fixture = fixture;
            this.existing = existing;
            agent = fixture.engine().agent(existing.userId(), "agent").orElseThrow().id();
        }

        private UUID of(UUID target) {
            UUID alias = UUID.randomUUID();
            try (Connection connection = fixture.connect()) {
                Statements.update(connection, "INSERT INTO id_aliases (user_id, alias_id, target_id) VALUES (?, ?, ?)",
                        existing.userId(), alias, target);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return alias;
        }

        UUID user() {
            return of(existing.userId());
        }

        UUID agent() {
            return of(agent);
        }

        SessionKey session() {
            return new SessionKey(user(), of(existing.sessionId()));
        }
    }

    /// Each call uses aliases of its own, which the running engine has not seen.
    @Test
    void anAliasThatAnotherEngineStoredIsSeenByEachCall() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start()) {
            MemoryEngine engine = fixture.engine();
            SessionKey existing = fixture.newSession("shared");
            AddResult added = engine.addBatch(existing, messages("from there"));
            Aliases alias = new Aliases(fixture, existing);

            assertEquals(List.of("from there"), contents(engine, alias.session()));
            assertEquals(1, engine.read(alias.user(), added.messageIds()).size());
            assertEquals(List.of("from there"), hits(engine, alias.user(), QueryRequest.of("from there", 5)));
            QueryFilter filter = new QueryFilter(Set.of(alias.session().sessionId()), Set.of(alias.agent()),
                    Optional.empty(), Optional.empty(), Set.of(MemoryLayer.M0));
            assertEquals(List.of("from there"),
                    hits(engine, existing.userId(), QueryRequest.of("from there", 5).within(filter)));
            assertEquals(existing, engine.sessions(alias.user()).getFirst().key());
            assertEquals(alias.agent, engine.agent(alias.user(), "agent").orElseThrow().id());
            assertFalse(engine.layerResults(alias.user(), added.roundId()).isEmpty());
            assertEquals(existing.userId(),
                    engine.createSession(alias.user(), alias.agent(), "second").key().userId());
            assertEquals(existing.userId(), engine.createAgent(alias.user(), "other").userId());
            engine.addBatch(alias.session(), messages("from here"));
            fixture.set("buffer.bypass_mode=false");
            engine.addBatch(alias.session(), messages("buffered"));
            assertEquals(List.of("from there", "from here", "buffered"), contents(engine, existing));
            List<UserRecord> records = new ArrayList<>();
            engine.exportUser(alias.user(), records::add);
            assertFalse(records.isEmpty());
            engine.deleteMessages(alias.session(), added.messageIds());
            assertEquals(List.of("from here", "buffered"), contents(engine, existing));
            SessionKey session = alias.session();
            UUID user = alias.user();
            engine.deleteSession(session);
            assertThrows(NotFoundException.class, () -> contents(engine, existing));
            engine.deleteUser(user);
            assertEquals(Optional.empty(), engine.user("shared"));
        }
    }

    /// The rounds were added with ids that became aliases, and are still in the buffers.
    @Test
    void roundsInTheBuffersOfAnAliasAreFound() throws Exception {
        try (TestOutage outage = TestOutage.start();
                EngineFixture fixture = EngineFixture.on(outage.database(), TestFolders.create(),
                        "buffer.bypass_mode=false", "buffer.performance.enable_auto_flush=false")) {
            MemoryEngine engine = fixture.engine();
            outage.begin(Kind.BLACK_HOLE);
            await("the engine reports the loss", fixture::databaseLost);
            SessionKey byAlias = fixture.newSession("shared");
            UUID agent = engine.agent(byAlias.userId(), "agent").orElseThrow().id();
            SessionKey talk = engine.createSession(byAlias.userId(), agent, "talk").key();
            engine.addBatch(talk, messages("memory from here"));
            SessionKey existing;
            try (EngineFixture other = EngineFixture.on(outage.direct(), TestFolders.create())) {
                SessionKey first = other.newSession("shared");
                UUID there = other.engine().agent(first.userId(), "agent").orElseThrow().id();
                existing = other.engine().createSession(first.userId(), there, "talk").key();
                other.engine().addBatch(existing, messages("memory from there"));
            }
            outage.end(Kind.BLACK_HOLE);
            await("the engine reports the return", () -> !fixture.databaseLost());

            List<String> both = List.of("memory from here", "memory from there");
            assertEquals(both, hits(engine, talk.userId(), QueryRequest.of("memory", 5)));
            assertEquals(both, contents(engine, talk).stream().sorted().toList());
            assertEquals(both, contents(engine, existing).stream().sorted().toList());
            engine.addBatch(talk, messages("memory at last"));
            assertEquals("memory at last", contents(engine, existing).getLast());
        }
    }
}
