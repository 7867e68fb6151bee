package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.engine.record.RecordKind;

/// Checks imported records beyond the constraints of the tables, and describes violations of both.
final class ImportCheck {
    private static final String DATA = "22";
    private static final String CONSTRAINT = "23";

    /// Message and statement of each check; the statement finds one invalid row. A text without its messages could
    /// never be deleted with them.
    private static final Map<String, String> CONTRADICTIONS = Map.of("A message is in another session than its round.",
            """
            SELECT 1 FROM messages m JOIN rounds r ON r.user_id = m.user_id AND r.round_id = m.round_id
            WHERE m.user_id = ? AND m.session_id <> r.session_id LIMIT 1""",
            "A session ends before its last message: last_sequence is too small.",
            """
            SELECT 1 FROM messages m JOIN sessions s ON s.user_id = m.user_id AND s.session_id = m.session_id
            WHERE m.user_id = ? AND m.sequence > s.last_sequence LIMIT 1""",
            "A chunk belongs to a message that is not there.", orphan("m1_episodic"),
            "An episode belongs to a message that is not there.", orphan("m1_episodes"),
            "A fact belongs to a message that is not there.", orphan("m2_semantic"));

    private ImportCheck() {}

    private static String orphan(String table) {
        return String.format(Locale.ROOT, """
                                          SELECT 1 FROM %s c WHERE c.user_id = ? AND EXISTS (
                                            SELECT 1 FROM unnest(c.message_ids) AS source(id)
                                            LEFT JOIN messages m ON m.user_id = c.user_id AND m.message_id = source.id
                                            WHERE m.message_id IS NULL) LIMIT 1""", table);
    }

    /// Checks the imported records of a user against each other.
    ///
    /// @throws RecordRefusedException when they contradict each other
    static void run(Connection connection, UUID userId) throws SQLException {
        for (Map.Entry<String, String> contradiction : CONTRADICTIONS.entrySet()) {
            if (!Statements.query(connection, _ -> true, contradiction.getValue(), userId).isEmpty()) {
                throw new RecordRefusedException(0, contradiction.getKey(), "", null);
            }
        }
    }

    /// Returns whether a value of a record caused the failure, rather than the database or the connection.
    static boolean causedByRecord(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith(DATA) || state.startsWith(CONSTRAINT);
    }

    /// Returns the exception for a record that the database refused.
    ///
    /// @param place number of the record, from 1
    static RuntimeException refused(long place, RecordKind kind, SQLException e) {
        String why = switch (String.valueOf(e.getSQLState())) {
            case "23503" -> "belongs to something that no line before it holds";
            case "23505" -> "has an id, a name or a place that one before it has";
            case "23514", "23502" -> "has a value that is not allowed";
            default -> "has a value that the database cannot keep";
        };
        return new RecordRefusedException(place, String.format(Locale.ROOT, "The %s %s.", kind.label(), why),
                String.valueOf(e.getMessage()), e);
    }
}
