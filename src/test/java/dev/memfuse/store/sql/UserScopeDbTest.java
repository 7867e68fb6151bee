package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.memfuse.postgres.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The check of statements finds each way to leave out the user.
@Tag("db")
class UserScopeDbTest {
    private static TestServer.TestDatabase database;
    private static Connection connection;
    private static UserScope scope;

    @BeforeAll
    static void connect() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
        connection = database.connect();
        scope = new UserScope(connection);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
        TestServer.drop(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT content FROM messages WHERE user_id = $1 AND message_id = $2",
            "SELECT content FROM messages WHERE $1 = user_id ORDER BY sequence LIMIT 1 FOR UPDATE SKIP LOCKED",
            "SELECT m.content FROM messages m JOIN rounds r ON r.user_id = $1 AND r.round_id = m.round_id "
                    + "WHERE m.user_id = $1",
            "SELECT m.content FROM rounds r LEFT JOIN messages m ON m.user_id = $1 AND m.round_id = r.round_id "
                    + "WHERE r.user_id = $1",
            "SELECT m.content FROM rounds r, LATERAL (SELECT content FROM messages WHERE user_id = $2 "
                    + "AND round_id = r.round_id LIMIT 1) m WHERE r.user_id = $1",
            "UPDATE rounds r SET m1_state = 'done' WHERE r.user_id = $1 AND EXISTS (SELECT FROM messages m "
                    + "WHERE m.user_id = $2 AND m.round_id = r.round_id)",
            "DELETE FROM messages WHERE user_id = $1",
            "INSERT INTO knowledge (user_id, knowledge_id, content) VALUES ($1, $2, $3)",
            "INSERT INTO knowledge (user_id, knowledge_id, content) VALUES ($1, $2, $3), ($4, $5, $6)",
            "INSERT INTO knowledge (user_id, knowledge_id, content) SELECT $1, k.id, 'x' FROM unnest($2::uuid[]) k(id)",
            "INSERT INTO knowledge (user_id, knowledge_id, content) SELECT m.user_id, m.message_id, m.content "
                    + "FROM messages m WHERE m.user_id = $1 ON CONFLICT (user_id, knowledge_id) "
                    + "DO UPDATE SET content = excluded.content",
            "WITH n AS (UPDATE sessions SET last_sequence = 1 WHERE user_id = $1 RETURNING user_id) "
                    + "SELECT count(*) FROM n",
            "SELECT pg_database_size(current_database())"})
    void acceptsStatementsThatBindEachRelation(String sql) throws SQLException {
        assertEquals(List.of(), scope.unbound(sql));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT content FROM messages WHERE message_id = $1",
            "SELECT content FROM messages WHERE user_id = $1 OR message_id = $2",
            "SELECT content FROM messages WHERE NOT user_id = $1",
            "SELECT content FROM messages WHERE user_id <> $1",
            "SELECT content FROM messages WHERE user_id = ANY ($1)",
            "SELECT content FROM messages WHERE user_id = '00000000-0000-0000-0000-000000000000' AND content = $1",
            "SELECT m.content FROM messages m JOIN rounds r ON r.user_id = m.user_id WHERE r.user_id = $1",
            "SELECT m.content FROM rounds r JOIN messages m USING (user_id) WHERE r.user_id = $1",
            "SELECT m.content FROM rounds r LEFT JOIN messages m ON m.user_id = r.user_id WHERE r.user_id = $1",
            "SELECT m.content FROM messages m LEFT JOIN rounds r ON m.user_id = $1 AND r.user_id = $1 "
                    + "AND r.round_id = m.round_id",
            "SELECT m.content FROM rounds r, LATERAL (SELECT content FROM messages WHERE user_id = r.user_id "
                    + "LIMIT 1) m WHERE r.user_id = $1",
            "SELECT (SELECT content FROM messages m WHERE m.user_id = r.user_id LIMIT 1) FROM rounds r "
                    + "WHERE r.user_id = $1",
            "UPDATE rounds r SET m1_state = 'done' WHERE r.user_id = $1 AND EXISTS (SELECT FROM messages m "
                    + "WHERE m.user_id = r.user_id AND m.round_id = r.round_id)",
            "DELETE FROM messages WHERE message_id = $1",
            "INSERT INTO messages SELECT * FROM messages WHERE user_id = $1 ON CONFLICT DO NOTHING "
                    + "RETURNING (SELECT count(*) FROM messages)",
            "WITH m AS (SELECT user_id FROM users WHERE name = $1) SELECT user_id FROM m WHERE user_id = $2",
            "SELECT content FROM m0_raw WHERE message_id = $1"})
    void findsTheRelationThatIsNotBound(String sql) throws SQLException {
        assertEquals(1, scope.unbound(sql).size(), scope.unbound(sql).toString());
    }

    @Test
    void findsWhatCitusRefusesInUpdates() throws SQLException {
        String update = "UPDATE users SET erased_at = ";
        String where = " WHERE user_id = $1";

        assertEquals(List.of(), scope.refusedByCitus(update + "now() + interval '1 second'" + where));
        assertEquals(List.of("a volatile function"), scope.refusedByCitus(update + "clock_timestamp()" + where));
        assertEquals(List.of("a stable function of a column"),
                scope.refusedByCitus(update + "erased_at + interval '1 second'" + where));
        assertEquals(List.of("a function that is not immutable, in CASE or COALESCE"),
                scope.refusedByCitus(update + "CASE name WHEN 'a' THEN now() END" + where));
        assertEquals(List.of("a volatile function"),
                scope.refusedByCitus("DELETE FROM users" + where + " AND random() < 0.5"));
        assertEquals(List.of(), scope.refusedByCitus("SELECT clock_timestamp() FROM users" + where));
    }

    @Test
    void findsInsertedRowsWhoseUserComesFromElsewhere() throws SQLException {
        String from = "INSERT INTO knowledge (user_id, knowledge_id, content) ";

        assertEquals(List.of("knowledge"), scope.unbound(from + "VALUES ($1, $2, $3), (gen_random_uuid(), $4, $5)"));
        assertEquals(List.of("knowledge"),
                scope.unbound(from + "SELECT n.id, n.id, 'x' FROM unnest($1::uuid[]) n(id)"));
        assertEquals(List.of("knowledge", "messages"),
                scope.unbound(from + "SELECT m.user_id, m.message_id, m.content FROM messages m").stream().sorted()
                        .toList());
        assertEquals(List.of("knowledge"), scope.unbound("WITH n AS (UPDATE sessions SET last_sequence = 1 "
                + "WHERE user_id = $1 RETURNING user_id) " + from + "SELECT n.user_id, n.user_id, 'x' FROM n"));
    }
}
