package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.pool.Database;

/// Deletes from all layers in one transaction and counts what went. The cascades would do it silently.
public final class DeleteSql {
    private final Database database;

    public DeleteSql(Database database) {
        this.database = database;
    }

    public DeleteResult messages(SessionKey session, Collection<UUID> ids) {
        return database.inTransaction("delete messages", connection -> {
            List<UUID> mine = Jdbc.list(connection, row -> Jdbc.uuid(row, "message_id"),
                    "SELECT message_id FROM messages WHERE user_id = ? AND session_id = ? AND message_id = ANY (?) "
                            + "ORDER BY message_id FOR UPDATE",
                    session.userId(), session.sessionId(), Jdbc.uuids(connection, ids));
            var gone = Jdbc.uuids(connection, mine);
            int facts = FactErasure.erase(connection, session.userId(), mine);
            List<UUID> chunks = roundsOf(connection, "m1_episodic", session.userId(), gone);
            List<UUID> episodes = roundsOf(connection, "m1_episodes", session.userId(), gone);
            int messages = Jdbc.update(connection, "DELETE FROM messages WHERE user_id = ? AND message_id = ANY (?)",
                    session.userId(), gone);
            rebuild(connection, session, Stream.concat(chunks.stream(), episodes.stream()).distinct().toList());
            return new DeleteResult(0, messages, chunks.size(), facts, 0, episodes.size());
        });
    }

    /// Deletes what holds one of the messages; the round of each comes back.
    private static List<UUID> roundsOf(Connection connection, String table, UUID userId, java.sql.Array gone)
            throws SQLException {
        return Jdbc.list(connection, row -> Jdbc.uuid(row, "round_id"),
                "DELETE FROM " + table + " WHERE user_id = ? AND message_ids && ? RETURNING round_id", userId, gone);
    }

    /// A chunk or an episode that held other messages too is made again from what remains of its round.
    private static void rebuild(Connection connection, SessionKey session, List<UUID> rounds) throws SQLException {
        if (!rounds.isEmpty()) {
            Jdbc.update(connection,
                    "UPDATE rounds r SET m1_state = 'pending', m1_attempts = 0, m1_owner = NULL, m1_until = NULL, "
                            + "updated_at = now() WHERE user_id = ? AND round_id = ANY (?) AND m1_state = 'done' "
                            + "AND EXISTS (SELECT 1 FROM messages m WHERE m.user_id = r.user_id "
                            + "AND m.round_id = r.round_id)",
                    session.userId(), Jdbc.uuids(connection, rounds));
        }
    }

    public DeleteResult session(SessionKey session) {
        return database.inTransaction("delete a session", connection -> {
            List<UUID> mine = Jdbc.list(connection, row -> Jdbc.uuid(row, "message_id"),
                    "SELECT message_id FROM messages WHERE user_id = ? AND session_id = ? ORDER BY message_id "
                            + "FOR UPDATE",
                    session.userId(), session.sessionId());
            int facts = FactErasure.erase(connection, session.userId(), mine);
            hold(connection, "AND session_id = ?", session.userId(), session.sessionId());
            DeleteResult counts = count(connection, "AND session_id = ?", session.userId(), session.sessionId());
            int sessions = Jdbc.update(connection, "DELETE FROM sessions WHERE user_id = ? AND session_id = ?",
                    session.userId(), session.sessionId());
            return new DeleteResult(0, counts.messages(), counts.chunks(), facts, sessions, counts.episodes());
        });
    }

    public DeleteResult user(UUID userId) {
        return database.inTransaction("delete a user", connection -> {
            Jdbc.list(connection, _ -> true,
                    "SELECT 1 FROM messages WHERE user_id = ? ORDER BY message_id FOR UPDATE", userId);
            Jdbc.list(connection, _ -> true, "SELECT 1 FROM users WHERE user_id = ? FOR UPDATE", userId);
            hold(connection, "", userId);
            DeleteResult counts = count(connection, "", userId);
            Jdbc.update(connection, "DELETE FROM users WHERE user_id = ?", userId);
            return counts;
        });
    }

    /// Waits for writers and workers that are at it and keeps others out, so that what is counted is what is deleted.
    private static void hold(Connection connection, String restriction, Object... values) throws SQLException {
        Jdbc.list(connection, _ -> true,
                "SELECT 1 FROM sessions WHERE user_id = ? " + restriction + " ORDER BY session_id FOR UPDATE", values);
        Jdbc.list(connection, _ -> true,
                "SELECT 1 FROM rounds WHERE user_id = ? " + restriction + " ORDER BY round_id FOR UPDATE", values);
    }

    private static DeleteResult count(Connection connection, String restriction, Object... values)
            throws SQLException {
        return new DeleteResult(0, count(connection, "messages", restriction, values),
                count(connection, "m1_episodic", restriction, values),
                count(connection, "m2_semantic", restriction, values),
                count(connection, "sessions", restriction, values),
                count(connection, "m1_episodes", restriction, values));
    }

    private static int count(Connection connection, String table, String restriction, Object... values)
            throws SQLException {
        return Jdbc.list(connection, row -> row.getInt(1),
                "SELECT count(*) FROM " + table + " WHERE user_id = ? " + restriction, values).getFirst();
    }
}
