package dev.memfuse.store.search;

import java.sql.SQLException;

import dev.memfuse.engine.MemoryLayer;

/// Ranks by words: BM25 (Robertson, Walker 1994) with k1 0.9, b 0.4 and the rarity of a word counted twice, as in the index
/// of this process, computed in the statement over the rows that the user and the filter leave. Any word of the query may
/// match. `ts_rank_cd` knows no rarity of words, so it is not used.
///
/// A row is as long as it has distinct words, and a word counts at most 255 times: so much `tsvector` keeps.
///
/// @param limit at most so many of a layer
record LexicalSql(FilterSql filter, int limit) {
    /// In `float8`, because numbers with a point are `numeric` otherwise, which is slow.
    private static final String SCORE = "sum(ln(1 + (total - df + 0.5::float8) / (df + 0.5::float8)) ^ 2 * tf * 1.9::float8 "
            + "/ (tf + 0.9::float8 * (0.6::float8 + 0.4::float8 * size / average)))";

    /// The words asked for, once for all layers. Quoted and escaped lexemes make a query whatever they hold.
    static void asked(SqlText sql, String text) {
        sql.add("""
                WITH asked AS MATERIALIZED (
                  SELECT array_agg(lexeme) AS words,
                         string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery
                           AS query
                  FROM unnest(to_tsvector('pg_catalog.english', left(?, 200000))))
                """,
                text);
    }

    void layer(SqlText sql, MemoryLayer layer) throws SQLException {
        LayerTable table = LayerTable.of(layer);
        sql.add("(SELECT ");
        table.columns(sql, filter.userId());
        sql.add(", best.score FROM (SELECT id, " + SCORE + " AS score FROM (");
        frequencies(sql, table);
        sql.add(") f CROSS JOIN (SELECT count(*) AS total, greatest(avg(length(t.words)), 1)::float8 AS average FROM "
                + table.name() + " t");
        filter.where(sql, layer);
        sql.add(") corpus GROUP BY id ORDER BY score DESC, id LIMIT ?) best JOIN " + table.name()
                + " t ON t.user_id = ? AND t." + table.id() + " = best.id)", limit, filter.userId());
    }

    /// How often each word stands in each row, and in how many rows.
    private void frequencies(SqlText sql, LayerTable table) throws SQLException {
        sql.add("SELECT t." + table.id() + " AS id, length(t.words) AS size, cardinality(w.positions) AS tf, "
                + "count(*) OVER (PARTITION BY w.lexeme) AS df FROM " + table.name() + " t CROSS JOIN asked "
                + "CROSS JOIN LATERAL unnest(t.words) AS w(lexeme, positions, weights)");
        filter.where(sql, table.layer());
        sql.add(" AND t.words @@ asked.query AND w.lexeme = ANY (asked.words)");
    }
}
