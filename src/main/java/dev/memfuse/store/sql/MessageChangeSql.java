package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.ErasureStore.Erasure;
import dev.memfuse.engine.spi.MessageChangeStore;
import dev.memfuse.engine.spi.MessageChangeStore.Replacement;
import dev.memfuse.store.pool.Database;

/// Replaces the texts of messages. The former texts are erased as by [DeleteSql], which takes its locks in the same
/// order; the rows stay.
public final class MessageChangeSql implements MessageChangeStore {
    private static final Replacement NONE = new Replacement(List.of(),
            new Erasure(new DeleteResult(0, 0, 0, 0, 0, 0), 0, 0));
    private static final String LOCK = "SELECT message_id FROM messages WHERE user_id = ? AND session_id = ? "
            + "AND message_id = ANY (?) ORDER BY message_id FOR UPDATE";
    /// The number of tokens was that of the former text.
    private static final String REPLACE = "UPDATE messages SET role = ?, content = ?, token_count = NULL, "
            + "edited_at = ?, updated_at = now() WHERE user_id = ? AND message_id = ?";
    private static final String DROP_VECTORS = "DELETE FROM message_vectors WHERE user_id = ? "
            + "AND message_id = ANY (?)";
    private static final String READ = "SELECT " + MessageSql.COLUMNS + " FROM messages WHERE user_id = ? "
            + "AND message_id = ANY (?)";
    /// Takes the item from a worker that has read the former texts.
    private static final String REBUILD = """
                                          UPDATE rounds SET
                                            m1_state = CASE m1_state WHEN 'done' THEN 'pending' ELSE m1_state END,
                                            m1_attempts = 0, m1_owner = NULL, m1_until = NULL,
                                            m2_state = CASE m2_state WHEN 'done' THEN 'pending' ELSE m2_state END,
                                            m2_attempts = 0, m2_owner = NULL, m2_until = NULL, updated_at = now()
                                          WHERE user_id = ? AND round_id IN (
                                            SELECT round_id FROM messages
                                            WHERE user_id = ? AND message_id = ANY (?))""";

    private final Database database;

    public MessageChangeSql(Database database) {
        this.database = database;
    }

    @Override
    public Replacement replace(SessionKey session, List<MessageChange> changes) {
        List<UUID> ids = changes.stream().map(MessageChange::id).toList();
        UUID user = session.userId();
        return database.inTransaction(user, "replace messages", connection -> {
            Array all = Statements.uuidArray(connection, ids);
            int found = Statements.query(connection, _ -> true, LOCK, user, session.sessionId(), all).size();
            if (found < ids.size()) {
                return NONE;
            }
            long before = ErasureSql.lock(connection, user);
            long after = ErasureSql.advance(connection, user);
            int facts = FactErasure.erase(connection, user, ids);
            int chunks = DeleteSql.deleteDerived(connection, "m1_episodic", user, all).size();
            int episodes = DeleteSql.deleteDerived(connection, "m1_episodes", user, all).size();
            Statements.update(connection, DROP_VECTORS, user, all);
            write(connection, user, changes, after);
            Statements.update(connection, REBUILD, user, user, all);
            return new Replacement(Statements.query(connection, RowMappers::message, READ, user, all),
                    new Erasure(new DeleteResult(0, found, chunks, facts, 0, episodes), before, after));
        });
    }

    private static void write(Connection connection, UUID user, List<MessageChange> changes, long time)
            throws SQLException {
        Instant edited = Instant.EPOCH.plus(time, ChronoUnit.MICROS);
        try (PreparedStatement statement = connection.prepareStatement(REPLACE)) {
            for (MessageChange change : changes) {
                statement.setString(1, change.role().label());
                statement.setString(2, change.content());
                statement.setObject(3, Statements.timestamp(edited));
                statement.setObject(4, user);
                statement.setObject(5, change.id());
                statement.addBatch();
            }
            Statements.batch(statement);
        }
    }
}
