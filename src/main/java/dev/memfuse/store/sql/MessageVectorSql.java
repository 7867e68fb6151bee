package dev.memfuse.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.spi.MessageVectorStore;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.store.pool.Database;

/// Finds messages without a vector and stores their vectors; see [dev.memfuse.engine.spi.MessageVectorStore].
public final class MessageVectorSql implements MessageVectorStore {
    private static final UUID HIGHEST = new UUID(-1L, -1L);
    private static final String COUNT = """
                                        SELECT m.user_id, count(*) AS missing FROM messages m
                                        JOIN rounds r ON r.user_id = m.user_id AND r.round_id = m.round_id
                                        WHERE r.m1_state NOT IN ('pending', 'done') AND NOT EXISTS (
                                          SELECT 1 FROM message_vectors v
                                          WHERE v.user_id = m.user_id AND v.message_id = m.message_id
                                            AND v.embedding_model = ?)
                                        GROUP BY m.user_id""";
    /// Every relation names the user, so that a distributed database asks one node.
    private static final String MISSING = """
                                          SELECT m.message_id AS id, m.content, coalesce(b.content, '') AS before
                                          FROM messages m
                                          JOIN rounds r ON r.user_id = ? AND r.round_id = m.round_id
                                          LEFT JOIN LATERAL (
                                            SELECT p.content FROM messages p
                                            WHERE p.user_id = ? AND p.session_id = m.session_id
                                              AND p.sequence < m.sequence
                                            ORDER BY p.sequence DESC LIMIT 1
                                          ) b ON true
                                          WHERE m.user_id = ? AND r.m1_state NOT IN ('pending', 'done')
                                            AND NOT EXISTS (
                                              SELECT 1 FROM message_vectors v
                                              WHERE v.user_id = ? AND v.message_id = m.message_id
                                                AND v.embedding_model = ?)
                                          """;
    static final String PAGE = MISSING + "AND m.message_id < ? ORDER BY m.message_id DESC LIMIT ?";
    private static final String OF_IDS = MISSING + "AND m.message_id = ANY (?)";
    /// Takes nothing when the message was deleted or its text was replaced meanwhile.
    static final String STORE = """
                                INSERT INTO message_vectors (user_id, message_id, embedding, embedding_model)
                                SELECT m.user_id, m.message_id, ?, ? FROM messages m
                                WHERE m.user_id = ? AND m.message_id = ? AND m.content = ?
                                FOR KEY SHARE
                                ON CONFLICT (user_id, message_id) DO UPDATE
                                SET embedding = excluded.embedding,
                                    embedding_model = excluded.embedding_model""";

    private final Database database;

    public MessageVectorSql(Database database) {
        this.database = database;
    }

    @Override
    public Map<UUID, Long> countMissing(String model) {
        return database.withConnection("count messages without a vector", connection -> {
            Map<UUID, Long> counts = new HashMap<>();
            Statements.query(connection, row -> counts.put(RowMappers.uuid(row, "user_id"), row.getLong("missing")),
                    COUNT, model);
            return counts;
        });
    }

    @Override
    public List<Unembedded> missing(UUID userId, String model, Optional<UUID> below, int limit) {
        return database.withConnection("read messages without a vector", connection -> Statements.query(connection,
                MessageVectorSql::unembedded, PAGE, userId, userId, userId, userId, model, below.orElse(HIGHEST),
                limit));
    }

    @Override
    public List<Unembedded> missing(UUID userId, String model, Collection<UUID> ids) {
        return database.withConnection("read messages without a vector", connection -> Statements.query(connection,
                MessageVectorSql::unembedded, OF_IDS, userId, userId, userId, userId, model,
                Statements.uuidArray(connection, ids)));
    }

    private static Unembedded unembedded(ResultSet row) throws SQLException {
        return new Unembedded(RowMappers.uuid(row, "id"), row.getString("content"), row.getString("before"));
    }

    /// Stores vectors in one transaction and returns the ids of their messages, without those that no longer exist or
    /// have another text.
    @Override
    public Set<UUID> store(UUID userId, String model, Map<Unembedded, float[]> vectors) {
        // In the order of the ids, so that two jobs on one store cannot deadlock.
        List<Unembedded> texts = vectors.keySet().stream().sorted(Comparator.comparing(Unembedded::id)).toList();
        return database.inTransaction(userId, "store the vectors of messages", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(STORE)) {
                for (Unembedded text : texts) {
                    statement.setObject(1, vectors.get(text));
                    statement.setString(2, model);
                    statement.setObject(3, userId);
                    statement.setObject(4, text.id());
                    statement.setString(5, text.content());
                    statement.addBatch();
                }
                int[] stored = Statements.batch(statement);
                Set<UUID> ids = new HashSet<>();
                for (int i = 0; i < stored.length; i++) {
                    if (stored[i] > 0) {
                        ids.add(texts.get(i).id());
                    }
                }
                return ids;
            }
        });
    }
}
