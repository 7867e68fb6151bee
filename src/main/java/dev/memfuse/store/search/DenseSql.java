package dev.memfuse.store.search;

import java.sql.SQLException;

import dev.memfuse.engine.MemoryLayer;

/// Ranks by meaning. Exact: reads all vectors of the user, which the primary keys keep together, and no others.
///
/// The vectors are cast from the stored `real[]` as they are read, so that nothing is stored twice. Distances are
/// ordered by the bare `<=>`, ascending, and turned into scores outside.
///
/// @param model name and version; a vector of another model may have another length and is never compared
/// @param limit at most so many of a layer
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
record DenseSql(FilterSql filter, String model, float[] query, int limit) {

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

    /// A message is as near as the nearest chunk that holds a part of it. `OFFSET 0` keeps the planner from computing a
    /// distance again for each message of a chunk.
    private void messages(SqlText sql) throws SQLException {
        sql.add("SELECT held.id, min(c.distance) AS distance FROM (SELECT t.message_ids, "
                + "t.embedding::vector <=> ?::real[]::vector AS distance FROM m1_episodic t", query);
        filter.place(sql);
        sql.add(" AND t.embedding_model = ? OFFSET 0) c CROSS JOIN LATERAL unnest(c.message_ids) AS held(id)", model);
        if (filter.timed()) {
            sql.add(" JOIN messages t ON t.message_id = held.id");
            filter.where(sql, MemoryLayer.M0);
        }
        sql.add(" GROUP BY held.id ORDER BY distance, id LIMIT ?", limit);
    }
}
