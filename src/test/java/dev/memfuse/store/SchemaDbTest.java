package dev.memfuse.store;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The schema can be distributed by `user_id` without changes.
@Tag("db")
class SchemaDbTest {
    /// Excludes Flyway's table, the identity of the database and the running loads, which belong to no user, and
    /// the refused rounds: their ids outlive the user.
    private static final String USER_TABLES = "NOT IN ('flyway_schema_history', 'store_identity', 'load_runs', "
            + "'refused_rounds', 'shared_agents', 'server_keys')";
    private static EngineFixture fixture;

    @BeforeAll
    static void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static List<String> names(String sql) throws SQLException {
        try (Connection connection = fixture.connect()) {
            return Statements.query(connection, row -> row.getString(1), sql);
        }
    }

    private static List<String> tables() throws SQLException {
        return names("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename " + USER_TABLES
                + " ORDER BY tablename");
    }

    private static String constraints(String condition) {
        return "SELECT t.relname || '.' || c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
                + "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
                + "WHERE c.connamespace = 'public'::regnamespace AND t.relname " + USER_TABLES + " AND " + condition
                + " ORDER BY 1";
    }

    @Test
    void everyKeyAndReferenceBeginsWithTheUser() throws SQLException {
        String kinds = "c.contype IN ('p', 'u', 'f') AND a.attname ";

        assertEquals(List.of(), names(constraints(kinds + "<> 'user_id'")));
        assertTrue(names(constraints(kinds + "= 'user_id'")).size() >= 2 * tables().size());
    }

    /// The exceptions find a user by name or alias, serve background work across users, find the users of loads, find
    /// a session by its id alone, or find rows by a message: an index on arrays takes no `uuid` column without an extension.
    @Test
    void everyIndexOfAUsersRowsBeginsWithTheUser() throws SQLException {
        assertEquals(
                List.of("id_aliases_by_alias", "m1_episodes_by_message", "m1_episodic_by_message",
                        "m1_episodic_by_model",
                        "m2_semantic_by_message", "m2_semantic_by_model", "sessions_by_id", "users_by_erasure",
                        "users_by_load_run", "users_by_name"),
                names("SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
                        + "JOIN pg_class t ON t.oid = x.indrelid LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid "
                        + "AND a.attnum = x.indkey[0] WHERE t.relnamespace = 'public'::regnamespace AND t.relname "
                        + USER_TABLES + " AND a.attname IS DISTINCT FROM 'user_id' ORDER BY 1"));
    }

    @Test
    void everyTableHasAPrimaryKeyAndEveryReferenceCascades() throws SQLException {
        assertEquals(tables().size(), names(constraints("c.contype = 'p'")).size());
        assertEquals(List.of(), names(constraints("c.contype = 'f' AND c.confdeltype <> 'c'")));
        assertEquals(tables().size() - 1,
                names("SELECT DISTINCT t.relname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
                        + "WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace").size());
    }

    /// Defect 24 of the original: the layers kept texts of deleted users.
    @Test
    void deletingAUserEmptiesEveryTableOfThatUserOnly() throws SQLException {
        UUID deleted = fill("deleted");
        UUID other = fill("other");
        for (String table : tables()) {
            assertTrue(rows(table, deleted) > 0, table + " was empty before");
        }
        long before = total(other);

        fixture.engine().deleteUser(deleted);

        assertEquals(0, total(deleted));
        assertEquals(before, total(other));
    }

    private static UUID fill(String name) throws SQLException {
        SessionKey session = fixture.newSession(name);
        fixture.engine().addBatch(session, messages("I love the light in Lisbon very much."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        try (Connection connection = fixture.connect()) {
            Statements.update(connection,
                    "INSERT INTO knowledge (user_id, knowledge_id, content) VALUES (?, ?, 'known')", session.userId(),
                    UUID.randomUUID());
            Statements.update(connection, "INSERT INTO id_aliases (user_id, alias_id, target_id) VALUES (?, ?, ?)",
                    session.userId(), UUID.randomUUID(), session.sessionId());
            Statements.update(connection, "INSERT INTO message_vectors SELECT user_id, message_id, '{1}', 'model' "
                    + "FROM messages WHERE user_id = ?", session.userId());
            Statements.update(connection, "INSERT INTO api_keys (user_id, key_id, key_hash) VALUES (?, ?, 'hash')",
                    session.userId(), UUID.randomUUID());
        }
        return session.userId();
    }

    private static long rows(String table, UUID user) throws SQLException {
        return fixture.count("SELECT count(*) FROM " + table + " WHERE user_id = ?", user);
    }

    private static long total(UUID user) throws SQLException {
        long total = 0;
        for (String table : tables()) {
            total += rows(table, user);
        }
        return total;
    }
}
