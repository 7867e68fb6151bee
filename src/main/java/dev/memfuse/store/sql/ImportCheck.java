package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;

import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;

/// Checks imported records beyond the constraints of the tables, and describes violations of both.
final class ImportCheck {
    private static final String DATA = "22";
    private static final String CONSTRAINT = "23";
    private static final String LIMIT = "54";

    /// Contradictions between a record and those before it, by kind: the message, and the statement that finds the ids
    /// of the records among the given ones; its parameters are user, ids, user. A text without its messages could never
    /// be deleted with them.
    private static final Map<RecordKind, Map<String, String>> CONTRADICTIONS = Map.of(RecordKind.MESSAGE,
            Map.of("The message is in another session than its round.", otherSession("messages", "message_id"),
                    "The message is behind the end of its session: last_sequence is too small.",
                    """
                    SELECT c.message_id AS id FROM messages c
                    JOIN sessions s ON s.session_id = c.session_id
                    WHERE c.user_id = ? AND c.message_id = ANY (?) AND s.user_id = ?
                      AND c.sequence > s.last_sequence"""),
            RecordKind.CHUNK, derived("chunk", "m1_episodic", "chunk_id", "ANY (c.message_ids)", "'{}'::uuid[]"),
            RecordKind.EPISODE,
            derived("episode", "m1_episodes", "episode_id", "ANY (c.message_ids)", "'{}'::uuid[]"), RecordKind.FACT,
            // Other messages of a fact repeat it, in any round. A fact by hand is its own source.
            derived("fact", "m2_semantic", "fact_id", "c.message_ids[1]",
                    "CASE WHEN c.round_id IS NULL THEN ARRAY[c.fact_id] ELSE '{}'::uuid[] END"));

    private ImportCheck() {}

    /// @param own the messages that must be of its round
    /// @param others ids that stand for no message
    private static Map<String, String> derived(String label, String table, String id, String own, String others) {
        return Map.of("The " + label + " is in another session than its round.", otherSession(table, id),
                "The " + label + " belongs to a message that is not there.", String.format(Locale.ROOT,
                        """
                        SELECT c.%2$s AS id FROM %1$s c
                        WHERE c.user_id = ? AND c.%2$s = ANY (?) AND NOT c.message_ids <@ (ARRAY(
                          SELECT m.message_id FROM messages m
                          WHERE m.user_id = ? AND m.message_id = ANY (c.message_ids)) || %3$s)""",
                        table, id, others),
                "The " + label + " belongs to a message of another round.", String.format(Locale.ROOT,
                        """
                        SELECT c.%2$s AS id FROM %1$s c
                        WHERE c.user_id = ? AND c.%2$s = ANY (?) AND EXISTS (
                          SELECT 1 FROM messages m
                          WHERE m.user_id = ? AND m.message_id = %3$s AND m.round_id <> c.round_id)""", table, id,
                        own));
    }

    private static String otherSession(String table, String id) {
        return String.format(Locale.ROOT, """
                                          SELECT c.%2$s AS id FROM %1$s c
                                          JOIN rounds r ON r.round_id = c.round_id
                                          WHERE c.user_id = ? AND c.%2$s = ANY (?) AND r.user_id = ?
                                            AND c.session_id <> r.session_id""",
                table, id);
    }

    /// Checks stored records of one kind against those before them.
    ///
    /// @param stored number of records before these
    /// @throws RecordRefusedException when they contradict each other; names the first such record
    static void run(Connection connection, UUID userId, List<UserRecord> rows, long stored) throws SQLException {
        RecordKind kind = rows.getFirst().kind();
        List<Object> ids = rows.stream().map(row -> Objects.requireNonNull(row.values().getFirst())).toList();
        for (Map.Entry<String, String> contradiction : CONTRADICTIONS.getOrDefault(kind, Map.of()).entrySet()) {
            Array all = connection.createArrayOf("uuid", ids.toArray());
            OptionalInt first = Statements
                    .query(connection, row -> RowMappers.uuid(row, "id"), contradiction.getValue(), userId, all,
                            userId)
                    .stream().mapToInt(ids::indexOf).min();
            if (first.isPresent()) {
                throw new RecordRefusedException(stored + first.getAsInt() + 1, contradiction.getKey(), "", null);
            }
        }
    }

    /// Returns whether a value of a record caused the failure, rather than the database or the connection.
    static boolean causedByRecord(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith(DATA) || state.startsWith(CONSTRAINT) || state.startsWith(LIMIT);
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
