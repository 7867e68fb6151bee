package dev.memfuse.store.search;

import java.sql.SQLException;

import dev.memfuse.engine.MemoryLayer;

/// Ranks by vector similarity. The search is exact: it reads all vectors of the user, which the primary keys keep
/// together, and no others.
///
/// The statement casts the stored `real[]` to `vector`, so that no vector is stored twice. It orders by the distance
/// `<=>`, ascending; the outer query converts distances to scores.
///
/// @param model name and version; vectors of other models may differ in length and are never compared
/// @param query normalised vector of the query
/// @param limit maximum number of hits per layer
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
record DenseSql(FilterSql filter, String model, float[] query, int limit) {

    /// Adds the search of one layer.
    void layer(SqlText sql, MemoryLayer layer) throws SQLException {
        LayerTable table = LayerTable.of(layer);
        sql.add("(SELECT ");
        table.columns(sql, filter.userId());
        sql.add(", 1 - best.distance AS score FROM (");
        if (layer == MemoryLayer.M0) {
            messages(sql);
        } else {
            rows(sql, table);
        }
        sql.add(") best JOIN " + table.name() + " t ON t.user_id = ? AND t." + table.id() + " = best.id)",
                filter.userId());
    }

    private void rows(SqlText sql, LayerTable table) throws SQLException {
        sql.add("SELECT t." + table.id() + " AS id, t.embedding::vector <=> ?::real[]::vector AS distance FROM "
                + table.name() + " t", query);
        filter.where(sql, table.layer());
        sql.add(" AND t.embedding_model = ? ORDER BY distance, id LIMIT ?", model, limit);
    }

    /// The distance of a message is that of its nearest chunk, or of its own vector. `OFFSET 0` prevents the planner from
    /// computing the distance again for each message of a chunk.
    private void messages(SqlText sql) throws SQLException {
        sql.add("SELECT id, min(distance) AS distance FROM (SELECT held.id, c.distance FROM (SELECT t.message_ids, "
                + "t.embedding::vector <=> ?::real[]::vector AS distance FROM m1_episodic t", query);
        filter.scope(sql);
        sql.add(" AND t.embedding_model = ? OFFSET 0) c CROSS JOIN LATERAL unnest(c.message_ids) AS held(id)", model);
        if (filter.restrictsTime()) {
            sql.add(" JOIN messages t ON t.message_id = held.id");
            filter.where(sql, MemoryLayer.M0);
        }
        sql.add(" UNION ALL SELECT t.message_id, v.embedding::vector <=> ?::real[]::vector FROM message_vectors v "
                + "JOIN messages t ON t.message_id = v.message_id", query);
        filter.where(sql, MemoryLayer.M0);
        sql.add(" AND v.user_id = ? AND v.embedding_model = ?) found GROUP BY id ORDER BY distance, id LIMIT ?",
                filter.userId(), model, limit);
    }
}
