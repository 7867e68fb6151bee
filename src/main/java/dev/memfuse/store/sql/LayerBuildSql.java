package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.spi.LayerBuildStore;
import dev.memfuse.engine.spi.LayerBuildStore.MadeByRules;
import dev.memfuse.engine.spi.LayerBuildStore.Unbuilt;
import dev.memfuse.store.pool.Database;

/// Finds and queues the rounds that were stored while a layer was off, and those whose extraction failed.
public final class LayerBuildSql implements LayerBuildStore {
    private static final String COUNT_M1 = """
                                           SELECT r.user_id, count(DISTINCT r.round_id) AS rounds,
                                                  count(m.message_id) AS messages,
                                                  coalesce(sum(length(m.content)), 0) AS characters
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

    private static final String BY_RULES = "%1$s_state = 'done' AND %1$s_made_by IS DISTINCT FROM 'model'";
    private static final Map<DerivedLayer, String> COUNT_BY_RULES = perLayer(
            "SELECT r.user_id, count(DISTINCT r.round_id) AS rounds, count(m.message_id) AS messages, "
                    + "coalesce(sum(length(m.content)), 0) AS characters, now() AS at FROM rounds r "
                    + "LEFT JOIN messages m ON m.user_id = r.user_id AND m.round_id = r.round_id WHERE r." + BY_RULES
                            .replace("AND ", "AND r.")
                    + " GROUP BY r.user_id");
    private static final Map<DerivedLayer, String> OLDEST_BY_RULES = perLayer(
            "SELECT round_id FROM rounds WHERE user_id = ? AND " + BY_RULES + " AND updated_at < ? "
                    + "ORDER BY created_at, round_id LIMIT ?");
    private static final Map<DerivedLayer, String> QUEUE_AGAIN = perLayer(
            "UPDATE rounds SET %1$s_state = 'pending', %1$s_attempts = 0, %1$s_owner = NULL, %1$s_until = NULL, "
                    + "updated_at = now() WHERE user_id = ? AND round_id = ANY (?) AND %1$s_state = 'done'");

    private final Database database;

    public LayerBuildSql(Database database) {
        this.database = database;
    }

    private static Map<DerivedLayer, String> perLayer(String template) {
        return Map.of(DerivedLayer.M1, String.format(Locale.ROOT, template, "m1"), DerivedLayer.M2,
                String.format(Locale.ROOT, template, "m2"));
    }

    private static String of(Map<DerivedLayer, String> statements, DerivedLayer layer) {
        return Objects.requireNonNull(statements.get(layer));
    }

    @Override
    public MadeByRules madeByRules(DerivedLayer layer) {
        return database.withConnection("count rounds whose layer rules built", connection -> {
            Map<UUID, Unbuilt> counts = new HashMap<>();
            List<Instant> times = Statements.query(connection, row -> {
                counts.put(RowMappers.uuid(row, "user_id"), unbuilt(row));
                return RowMappers.instant(row, "at");
            }, of(COUNT_BY_RULES, layer));
            return new MadeByRules(counts, times.isEmpty() ? Instant.EPOCH : times.getFirst());
        });
    }

    /// Queues the oldest rounds of a user whose layer rules built before a time, and returns their number. Their facts
    /// are removed, and rounds that said the same are extracted again, as if their messages were new. Takes locks in
    /// the same order as [DeleteSql].
    @Override
    public int queueMadeByRules(UUID userId, DerivedLayer layer, Instant before, int limit) {
        return database.inTransaction(userId, "queue rounds whose layer rules built", connection -> {
            List<UUID> rounds = Statements.query(connection, row -> RowMappers.uuid(row, "round_id"),
                    of(OLDEST_BY_RULES, layer), userId, before, limit);
            if (rounds.isEmpty()) {
                return 0;
            }
            if (layer == DerivedLayer.M2) {
                List<UUID> messages = Statements.query(connection, row -> RowMappers.uuid(row, "message_id"),
                        "SELECT message_id FROM messages WHERE user_id = ? AND round_id = ANY (?) "
                                + "ORDER BY message_id FOR UPDATE",
                        userId, Statements.uuidArray(connection, rounds));
                ErasureSql.lock(connection, userId);
                // Caches and indexes of all processes read the facts again.
                ErasureSql.advance(connection, userId);
                FactErasure.erase(connection, userId, messages);
            }
            return Statements.update(connection, of(QUEUE_AGAIN, layer), userId,
                    Statements.uuidArray(connection, rounds));
        });
    }

    private static Unbuilt unbuilt(ResultSet row) throws SQLException {
        return new Unbuilt(row.getLong("rounds"), row.getLong("messages"), row.getLong("characters"));
    }

    @Override
    public Map<UUID, Unbuilt> unbuilt(DerivedLayer layer) {
        return database.withConnection("count rounds without a layer", connection -> {
            Map<UUID, Unbuilt> counts = new HashMap<>();
            Statements.query(connection,
                    row -> counts.put(RowMappers.uuid(row, "user_id"), unbuilt(row)),
                    switch (layer) {
                        case M1 -> COUNT_M1;
                        case M2 -> COUNT_M2;
                    });
            return counts;
        });
    }

    @Override
    public int resetFailed(DerivedLayer layer) {
        return database.withConnection("repeat failed rounds", connection -> Statements.update(connection,
                switch (layer) {
                    case M1 -> RESET_M1;
                    case M2 -> RESET_M2;
                }));
    }

    @Override
    public int queueUnbuilt(UUID userId, DerivedLayer layer, int limit) {
        return database.withConnection("queue rounds without a layer", connection -> Statements.update(connection,
                switch (layer) {
                    case M1 -> QUEUE_M1;
                    case M2 -> QUEUE_M2;
                }, userId, userId, limit));
    }
}
