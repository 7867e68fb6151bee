package dev.memfuse.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.MemoryStore.PendingRound;
import dev.memfuse.engine.SessionKey;

/// M1 and M2, and the work list of their extraction: the states in `rounds`.
final class LayerSql {
    private final Database database;

    LayerSql(Database database) {
        this.database = database;
    }

    void storeChunks(SessionKey session, UUID roundId, List<Chunk> chunks) {
        database.inTransaction("store chunks", connection -> {
            LivingMessages living = LivingMessages.hold(connection, session.userId(), roundId);
            // A chunk that lost a part of its messages is made again: its round stays in the work list.
            if (chunks.stream().noneMatch(chunk -> living.onlySome(chunk.messageIds()))
                    && finish(connection, session.userId(), roundId, Layer.M1)) {
                RoundSql.insertChunks(connection, session, roundId,
                        chunks.stream().filter(chunk -> living.all(chunk.messageIds())).toList());
            }
            return true;
        });
    }

    void storeFacts(SessionKey session, UUID roundId, List<Fact> facts) {
        database.inTransaction("store facts", connection -> {
            LivingMessages living = LivingMessages.hold(connection, session.userId(), roundId);
            if (finish(connection, session.userId(), roundId, Layer.M2)) {
                insertFacts(connection, session, roundId,
                        facts.stream().filter(fact -> living.all(fact.messageIds())).toList());
            }
            return true;
        });
    }

    /// Ends the work item; false when another worker did, or the round is gone. The row lock lets one worker win.
    private static boolean finish(Connection connection, UUID userId, UUID roundId, Layer layer) throws SQLException {
        return Rows.update(connection, switch (layer) {
            case M1 -> "UPDATE rounds SET m1_state = 'done', updated_at = now() "
                    + "WHERE user_id = ? AND round_id = ? AND m1_state = 'pending'";
            case M2 -> "UPDATE rounds SET m2_state = 'done', updated_at = now() "
                    + "WHERE user_id = ? AND round_id = ? AND m2_state = 'pending'";
        }, userId, roundId) == 1;
    }

    private static void insertFacts(Connection connection, SessionKey session, UUID roundId, List<Fact> facts)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO m2_semantic (user_id, fact_id, session_id, round_id, message_ids, fact_content, "
                        + "fact_type, confidence, entities, embedding, embedding_model) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, fact_id) DO NOTHING")) {
            for (Fact fact : facts) {
                statement.setObject(1, session.userId());
                statement.setObject(2, fact.id());
                statement.setObject(3, session.sessionId());
                statement.setObject(4, roundId);
                statement.setArray(5, Rows.uuids(connection, fact.messageIds()));
                statement.setString(6, fact.content());
                statement.setString(7, fact.type());
                statement.setFloat(8, (float) fact.confidence());
                statement.setArray(9, connection.createArrayOf("text", fact.entities().toArray()));
                statement.setObject(10, fact.vector());
                statement.setString(11, fact.model());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void failed(UUID userId, UUID roundId, Layer layer) {
        database.withConnection("note a failed extraction", connection -> Rows.update(connection, switch (layer) {
            case M1 -> "UPDATE rounds SET m1_state = 'failed', updated_at = now() WHERE user_id = ? AND round_id = ?";
            case M2 -> "UPDATE rounds SET m2_state = 'failed', updated_at = now() WHERE user_id = ? AND round_id = ?";
        }, userId, roundId));
    }

    List<PendingRound> pending(UUID userId, int limit) {
        return database.withConnection("read the work list",
                connection -> Rows.list(connection, row -> new PendingRound(
                        new SessionKey(userId, Rows.uuid(row, "session_id")), Rows.uuid(row, "round_id"),
                        layers("pending".equals(row.getString("m1_state")),
                                "pending".equals(row.getString("m2_state")))),
                        "SELECT session_id, round_id, m1_state, m2_state FROM rounds WHERE user_id = ? "
                                + "AND (m1_state = 'pending' OR m2_state = 'pending') ORDER BY created_at LIMIT ?",
                        userId, limit));
    }

    private static Set<Layer> layers(boolean m1, boolean m2) {
        EnumSet<Layer> layers = EnumSet.noneOf(Layer.class);
        if (m1) {
            layers.add(Layer.M1);
        }
        if (m2) {
            layers.add(Layer.M2);
        }
        return layers;
    }
}
