package dev.memfuse.store.sql;

import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.spi.VectorStore;
import dev.memfuse.engine.spi.VectorStore.StaleVector;
import dev.memfuse.store.pool.Database;

/// Finds and replaces vectors of outdated embedding models. Ids are UUIDv7: they are ordered by time, so the primary
/// key serves to read portion by portion.
public final class VectorSql implements VectorStore {
    private static final UUID HIGHEST = new UUID(-1L, -1L);
    /// Two ranges instead of one inequality, which no index answers.
    private static final String COUNT = """
                                        SELECT user_id, count(*) AS stale FROM m1_episodic
                                        WHERE embedding_model < ? GROUP BY user_id
                                        UNION ALL
                                        SELECT user_id, count(*) FROM m1_episodic
                                        WHERE embedding_model > ? GROUP BY user_id
                                        UNION ALL
                                        SELECT user_id, count(*) FROM m2_semantic
                                        WHERE embedding_model < ? GROUP BY user_id
                                        UNION ALL
                                        SELECT user_id, count(*) FROM m2_semantic
                                        WHERE embedding_model > ? GROUP BY user_id""";
    /// The messages first, as the migration for searches: PostgreSQL locks the tables in the order of their names here.
    private static final String STALE_CHUNKS = """
                                               SELECT c.chunk_id AS id, c.message_ids, c.content,
                                                      coalesce(b.content, '') AS before
                                               FROM messages m
                                               RIGHT JOIN m1_episodic c
                                                 ON m.user_id = ? AND m.message_id = c.message_ids[1]
                                               LEFT JOIN LATERAL (
                                                 SELECT p.content FROM messages p
                                                 WHERE p.user_id = ? AND p.session_id = m.session_id
                                                   AND p.sequence < m.sequence
                                                 ORDER BY p.sequence DESC LIMIT 1
                                               ) b ON true
                                               WHERE c.user_id = ? AND c.chunk_id < ? AND c.embedding_model <> ?
                                               ORDER BY c.chunk_id DESC
                                               LIMIT ?""";
    private static final String STALE_FACTS = """
                                              SELECT fact_id AS id, message_ids, fact_content AS content, '' AS before
                                              FROM m2_semantic
                                              WHERE user_id = ? AND fact_id < ? AND embedding_model <> ?
                                              ORDER BY fact_id DESC
                                              LIMIT ?""";

    private final Database database;

    public VectorSql(Database database) {
        this.database = database;
    }

    @Override
    public Map<UUID, Long> countStale(String chunkModel, String factModel) {
        return database.withConnection("count stale vectors", connection -> {
            Map<UUID, Long> counts = new HashMap<>();
            Statements.query(connection, row -> counts.merge(RowMappers.uuid(row, "user_id"), row.getLong("stale"),
                    Long::sum), COUNT, chunkModel, chunkModel, factModel, factModel);
            return counts;
        });
    }

    @Override
    public List<StaleVector> stale(UUID userId, DerivedLayer layer, String model, Optional<UUID> below, int limit) {
        UUID bound = below.orElse(HIGHEST);
        RowMapper<StaleVector> mapper = row -> new StaleVector(RowMappers.uuid(row, "id"),
                RowMappers.uuidList(row, "message_ids"), row.getString("content"), row.getString("before"));
        return database.withConnection("read stale vectors", connection -> switch (layer) {
            case M1 -> Statements.query(connection, mapper, STALE_CHUNKS, userId, userId, userId, bound, model, limit);
            case M2 -> Statements.query(connection, mapper, STALE_FACTS, userId, bound, model, limit);
        });
    }

    @Override
    public void replace(UUID userId, DerivedLayer layer, String model, Map<UUID, float[]> vectors) {
        database.inTransaction(userId, "replace vectors", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(switch (layer) {
                case M1 -> "UPDATE m1_episodic SET embedding = ?, embedding_model = ? "
                        + "WHERE user_id = ? AND chunk_id = ?";
                case M2 -> "UPDATE m2_semantic SET embedding = ?, embedding_model = ? "
                        + "WHERE user_id = ? AND fact_id = ?";
            })) {
                // In the order of the ids, so that two jobs on one store cannot deadlock.
                for (UUID id : vectors.keySet().stream().sorted().toList()) {
                    statement.setObject(1, vectors.get(id));
                    statement.setString(2, model);
                    statement.setObject(3, userId);
                    statement.setObject(4, id);
                    statement.addBatch();
                }
                Statements.batch(statement);
            }
            return true;
        });
    }
}
