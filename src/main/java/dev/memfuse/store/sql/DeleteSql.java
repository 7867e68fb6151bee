package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.DeletionStore;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.Erasure;
import dev.memfuse.store.pool.Database;

/// Deletes messages, sessions and users from all layers, each in one transaction. Counts the deleted rows explicitly,
/// since cascades report nothing.
public final class DeleteSql implements DeletionStore {
    private final Database database;

    public DeleteSql(Database database) {
        this.database = database;
    }

    @Override
    public Erasure deleteMessages(SessionKey session, Collection<UUID> ids) {
        return database.inTransaction(session.userId(), "delete messages", connection -> {
            List<UUID> found = Statements.query(connection, row -> RowMappers.uuid(row, "message_id"),
                    "SELECT message_id FROM messages WHERE user_id = ? AND session_id = ? AND message_id = ANY (?) "
                            + "ORDER BY message_id FOR UPDATE",
                    session.userId(), session.sessionId(), Statements.uuidArray(connection, ids));
            long before = ErasureSql.lock(connection, session.userId());
            if (found.isEmpty()) {
                return new Erasure(new DeleteResult(0, 0, 0, 0, 0, 0), before, before);
            }
            long after = ErasureSql.advance(connection, session.userId());
            Array deleted = Statements.uuidArray(connection, found);
            int facts = FactErasure.erase(connection, session.userId(), found);
            List<UUID> chunks = deleteDerived(connection, "m1_episodic", session.userId(), deleted);
            List<UUID> episodes = deleteDerived(connection, "m1_episodes", session.userId(), deleted);
            int messages = Statements.update(connection,
                    "DELETE FROM messages WHERE user_id = ? AND message_id = ANY (?)", session.userId(), deleted);
            rebuild(connection, session, Stream.concat(chunks.stream(), episodes.stream()).distinct().toList());
            return new Erasure(new DeleteResult(0, messages, chunks.size(), facts, 0, episodes.size()), before, after);
        });
    }

    /// Deletes the rows of a table that come from one of the messages. Returns the round of each deleted row.
    static List<UUID> deleteDerived(Connection connection, String table, UUID userId, Array messageIds)
            throws SQLException {
        return Statements.query(connection, row -> RowMappers.uuid(row, "round_id"),
                "DELETE FROM " + table + " WHERE user_id = ? AND message_ids && ? RETURNING round_id", userId,
                messageIds);
    }

    /// Queues M1 of rounds that still have messages: their chunks and episodes are built again without the deleted
    /// ones.
    private static void rebuild(Connection connection, SessionKey session, List<UUID> rounds) throws SQLException {
        if (!rounds.isEmpty()) {
            Statements.update(connection,
                    "UPDATE rounds r SET m1_state = 'pending', m1_attempts = 0, m1_owner = NULL, m1_until = NULL, "
                            + "updated_at = now() WHERE user_id = ? AND round_id = ANY (?) AND m1_state = 'done' "
                            + "AND EXISTS (SELECT 1 FROM messages m WHERE m.user_id = ? "
                            + "AND m.round_id = r.round_id)",
                    session.userId(), Statements.uuidArray(connection, rounds), session.userId());
        }
    }

    @Override
    public Erasure deleteSession(SessionKey session) {
        return database.inTransaction(session.userId(), "delete a session", connection -> {
            List<UUID> found = Statements.query(connection, row -> RowMappers.uuid(row, "message_id"),
                    "SELECT message_id FROM messages WHERE user_id = ? AND session_id = ? ORDER BY message_id "
                            + "FOR UPDATE",
                    session.userId(), session.sessionId());
            long before = ErasureSql.lock(connection, session.userId());
            long after = before == ErasureStore.NO_USER ? before : ErasureSql.advance(connection, session.userId());
            int facts = FactErasure.erase(connection, session.userId(), found);
            lock(connection, "AND session_id = ?", session.userId(), session.sessionId());
            DeleteResult counts = count(connection, "AND session_id = ?", session.userId(), session.sessionId());
            Statements.update(connection, "DELETE FROM id_aliases WHERE user_id = ? AND target_id = ?",
                    session.userId(), session.sessionId());
            int sessions = Statements.update(connection, "DELETE FROM sessions WHERE user_id = ? AND session_id = ?",
                    session.userId(), session.sessionId());
            return new Erasure(
                    new DeleteResult(0, counts.messages(), counts.chunks(), facts, sessions, counts.episodes()),
                    before, after);
        });
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        return database.inTransaction(userId, "delete a user", connection -> {
            Statements.query(connection, _ -> true,
                    "SELECT 1 FROM messages WHERE user_id = ? ORDER BY message_id FOR UPDATE", userId);
            Statements.query(connection, _ -> true, "SELECT 1 FROM users WHERE user_id = ? FOR UPDATE", userId);
            lock(connection, "", userId);
            DeleteResult counts = count(connection, "", userId);
            Statements.update(connection, "DELETE FROM users WHERE user_id = ?", userId);
            return counts;
        });
    }

    /// Locks sessions and rounds against writers and workers, so that the counted rows are those that are deleted.
    private static void lock(Connection connection, String restriction, Object... values) throws SQLException {
        Statements.query(connection, _ -> true,
                "SELECT 1 FROM sessions WHERE user_id = ? " + restriction + " ORDER BY session_id FOR UPDATE", values);
        Statements.query(connection, _ -> true,
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
        return Statements.query(connection, row -> row.getInt(1),
                "SELECT count(*) FROM " + table + " WHERE user_id = ? " + restriction, values).getFirst();
    }
}
