package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The statements for Citus store the same rows as the one statement for plain PostgreSQL.
@Tag("db")
class DistributedRoundSqlDbTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:11:12.345678Z");
    private static final UUID USER = id(1);
    private static final SessionKey FIRST = new SessionKey(USER, id(2));
    private static final SessionKey SECOND = new SessionKey(USER, id(3));
    private static final SessionKey MISSING = new SessionKey(USER, id(4));

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static StoredRound round(int id, SessionKey session, List<Integer> tokens, Set<DerivedLayer> layers,
            int messages, Instant at) {
        List<NewMessage> all = IntStream.range(0, messages).mapToObj(i -> new NewMessage(id(id * 10_000 + i),
                Role.values()[i % Role.values().length], "message " + i + " of \"round\" {" + id + "}", at.plusNanos(
                        1_000L * i)))
                .toList();
        return new StoredRound(id(id), session, at, all, tokens, List.of(), layers);
    }

    private static List<List<StoredRound>> batches() {
        StoredRound known = round(10, FIRST, List.of(1, 2), Set.of(DerivedLayer.M1), 3, TIME);
        StoredRound chunked = round(11, SECOND, List.of(), Set.of(DerivedLayer.M2), 2, TIME);
        Chunk chunk = new Chunk(id(500), List.of(chunked.messages().getFirst().id()), "chunk", "message", 1,
                new float[]{1, 0}, "model@1");
        Chunk foreign = new Chunk(id(501), List.of(known.messages().getFirst().id()), "foreign", "message", 1,
                new float[]{1, 0}, "model@1");
        return List.of(List.of(known), List.of(known, round(12, MISSING, List.of(), Set.of(), 1, TIME)),
                List.of(round(13, FIRST, List.of(), Set.of(), 1_201, Instant.parse("0001-01-01T00:00:00Z")),
                        new StoredRound(chunked.id(), SECOND, TIME, chunked.messages(), List.of(),
                                List.of(chunk, foreign), chunked.layers())),
                // A message that was stored before, in a new round with a new one.
                List.of(new StoredRound(id(14), FIRST, TIME, List.of(known.messages().get(1),
                        new NewMessage(id(7), Role.USER, "new", Instant.parse("9999-12-31T23:59:59.999999Z"))),
                        List.of(4), List.of(), Set.of(DerivedLayer.M1, DerivedLayer.M2))));
    }

    private static List<String> stored(EngineFixture fixture) throws SQLException {
        fixture.store().accounts().create(new User(USER, "user", TIME));
        fixture.store().accounts().create(new Agent(USER, id(9), "agent", TIME));
        fixture.store().accounts().create(new Session(FIRST, id(9), "first", TIME));
        fixture.store().accounts().create(new Session(SECOND, id(9), "second", TIME));
        List<String> found = new ArrayList<>();
        for (List<StoredRound> batch : batches()) {
            found.add("missing " + fixture.store().rounds().store(USER, batch, Duration.ofSeconds(20)));
        }
        try (Connection connection = fixture.connect()) {
            for (String rows : List.of("SELECT session_id, last_sequence FROM sessions",
                    "SELECT round_id, session_id, m1_state, m2_state, created_at FROM rounds",
                    "SELECT message_id, session_id, round_id, sequence, role, content, token_count, created_at "
                            + "FROM messages",
                    "SELECT chunk_id, session_id, round_id, message_ids, content FROM m1_episodic")) {
                found.addAll(Statements.query(connection, row -> row.getString(1),
                        "SELECT row(t.*)::text FROM (" + rows + ") t ORDER BY 1"));
            }
        }
        return found;
    }

    @Test
    void storesTheSameRows() throws SQLException {
        try (EngineFixture plain = EngineFixture.start(); EngineFixture citus = CitusStandIn.start()) {
            List<String> expected = stored(plain);

            assertTrue(expected.size() > 1_205, expected.size() + " rows");
            assertEquals(expected, stored(citus));
            assertFalse(plain.database().distributed());
            assertTrue(citus.database().distributed());
        }
    }

    /// On plain PostgreSQL a request stays one statement.
    @Test
    void sendsOneStatementForEachTable() throws SQLException {
        try (EngineFixture citus = CitusStandIn.start()) {
            SessionKey session = citus.newSession("alice");

            // BEGIN, session, rounds, messages, COMMIT.
            assertEquals(5, ProtocolLog.statementsDuring(
                    () -> citus.engine().addBatch(session, EngineFixture.messages("one", "two", "three"))));
        }
    }
}
