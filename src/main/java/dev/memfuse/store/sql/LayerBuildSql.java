package dev.memfuse.store.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.spi.LayerStore.Unbuilt;
import dev.memfuse.store.pool.Database;

/// Finds and queues the rounds that were stored while a layer was off, and those whose extraction failed.
public final class LayerBuildSql {
    private static final String COUNT_M1 = """
                                           SELECT r.user_id, count(DISTINCT r.round_id) AS rounds,
                                                  count(m.message_id) AS messages
                                           FROM rounds r
                                           LEFT JOIN messages m ON m.user_id = r.user_id AND m.round_id = r.round_id
                                           WHERE r.m1_state IN ('off', 'failed', 'timed_out')
                                           GROUP BY r.user_id""";
    private static final String COUNT_M2 = COUNT_M1.replace("m1_state", "m2_state");
    /// The oldest first: a later fact supersedes an earlier one.
    private static final String QUEUE_M1 = """
                                           UPDATE rounds SET m1_state = 'pending', m1_attempts = 0, m1_owner = NULL,
                                             m1_until = NULL, updated_at = now()
                                           WHERE user_id = ? AND m1_state = 'off' AND round_id = ANY (ARRAY(
                                             SELECT o.round_id FROM rounds o
                                             WHERE o.user_id = ? AND o.m1_state = 'off'
                                             ORDER BY o.created_at, o.round_id LIMIT ?))""";
    private static final String QUEUE_M2 = QUEUE_M1.replace("m1_", "m2_");

    private static final String RESET_M1 = """
                                           UPDATE rounds SET m1_state = 'off', updated_at = now()
                                           WHERE m1_state IN ('failed', 'timed_out')""";
    private static final String RESET_M2 = RESET_M1.replace("m1_", "m2_");

    private final Database database;

    public LayerBuildSql(Database database) {
        this.database = database;
    }

    /// Returns the rounds without a layer, by user.
    public Map<UUID, Unbuilt> unbuilt(DerivedLayer layer) {
        return database.withConnection("count rounds without a layer", connection -> {
            Map<UUID, Unbuilt> counts = new HashMap<>();
            Statements.query(connection,
                    row -> counts.put(RowMappers.uuid(row, "user_id"),
                            new Unbuilt(row.getLong("rounds"), row.getLong("messages"))),
                    switch (layer) {
                        case M1 -> COUNT_M1;
                        case M2 -> COUNT_M2;
                    });
            return counts;
        });
    }

    /// Marks the failed rounds of all users as rounds without the layer and returns their number.
    public int resetFailed(DerivedLayer layer) {
        return database.withConnection("repeat failed rounds", connection -> Statements.update(connection,
                switch (layer) {
                    case M1 -> RESET_M1;
                    case M2 -> RESET_M2;
                }));
    }

    /// Queues the oldest rounds of a user without a layer and returns their number.
    public int queue(UUID userId, DerivedLayer layer, int limit) {
        return database.withConnection("queue rounds without a layer", connection -> Statements.update(connection,
                switch (layer) {
                    case M1 -> QUEUE_M1;
                    case M2 -> QUEUE_M2;
                }, userId, userId, limit));
    }
}
