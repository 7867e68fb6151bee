package dev.memfuse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.sql.Statements;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A database of a version that marked no conflicts.
@Tag("db")
class ConflictsMigrationDbTest {
    private static final String OLDER = "16";

    @Test
    void factsOfAnOlderDatabaseAreReadAndCanBeMarked() throws SQLException {
        TestServer.TestDatabase address = TestServer.newDatabase();
        try {
            Flyway.configure().configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .locations("classpath:db/migration").target(OLDER).load().migrate();
            try (Connection connection = address.connect()) {
                fill(connection);
            }
            try (EngineFixture fixture = EngineFixture.on(address, TestFolders.create(), "layers.m2.enabled=true")) {
                readAndMark(fixture);
            }
        } finally {
            TestServer.drop(address);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        UUID user = UUID.randomUUID();
        UUID agent = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        UUID round = UUID.randomUUID();
        UUID message = UUID.randomUUID();
        Statements.update(connection, "INSERT INTO users (user_id, name) VALUES (?, 'alice')", user);
        Statements.update(connection, "INSERT INTO agents (user_id, agent_id, name) VALUES (?, ?, 'agent')", user,
                agent);
        Statements.update(connection, "INSERT INTO sessions (user_id, session_id, agent_id, name, last_sequence) "
                + "VALUES (?, ?, ?, 'session', 1)", user, session, agent);
        Statements.update(connection, "INSERT INTO rounds (user_id, round_id, session_id, m1_state, m2_state) "
                + "VALUES (?, ?, ?, 'off', 'done')", user, round, session);
        Statements.update(connection, "INSERT INTO messages (user_id, message_id, session_id, round_id, sequence, "
                + "role, content, created_at) VALUES (?, ?, ?, ?, 1, 'user', 'Anna lives in Porto.', '2024-05-15')",
                user, message, session,
                round);
        Statements.update(connection, "INSERT INTO m2_semantic (user_id, fact_id, session_id, round_id, message_ids, "
                + "fact_content, fact_type, confidence, subject, attribute, value, observed_at, valid_from, "
                + "embedding, embedding_model) VALUES (?, ?, ?, ?, ARRAY[?::uuid], 'Anna lives in Porto.', 'general', "
                + "0.8, 'anna', 'residence', 'porto', '2024-05-15', '2024-05-15', '{1}', 'old@1')", user,
                UUID.randomUUID(), session, round, message);
    }

    private static void readAndMark(EngineFixture fixture) {
        User alice = fixture.engine().user("alice").orElseThrow();
        Fact porto = fixture.engine().facts(alice.id(), FactQuery.current(10)).getFirst();
        assertEquals("Anna lives in Porto.", porto.content());
        assertEquals(List.of(), porto.conflictsWith());
        SessionKey session = fixture.engine().sessions(alice.id()).getFirst().key();

        fixture.engine().addBatch(session, EngineFixture.messages("Anna lives in Dublin."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));

        List<Fact> facts = fixture.engine().facts(alice.id(), FactQuery.current(10));
        assertEquals(List.of("Anna lives in Dublin.", "Anna lives in Porto."),
                facts.stream().map(Fact::content).toList());
        assertEquals(List.of(facts.getLast().id()), facts.getFirst().conflictsWith());
        assertEquals(List.of(facts.getFirst().id()), facts.getLast().conflictsWith());
    }
}
