package dev.memfuse.store.search;

import java.sql.SQLException;

import dev.memfuse.engine.MemoryLayer;

/// Ranks by BM25 (Robertson, Walker 1994) with k1 0.9, b 0.4 and the squared inverse document frequency, as the
/// embedded index does. The statement computes the corpus statistics over the rows of the user that pass the filter. A
/// row matches when it has any word of the query. `ts_rank_cd` is not used because it ignores the document frequency.
///
/// The length of a row is its number of distinct words, and a term frequency is at most 255: a `tsvector` stores no
/// more.
///
/// @param limit maximum number of hits per layer
record LexicalSql(FilterSql filter, int limit) {
    /// In `float8`, because decimal literals are `numeric` otherwise, which is slow.
    private static final String SCORE = "sum(ln(1 + (total - df + 0.5::float8) / (df + 0.5::float8)) ^ 2 "
            + "* tf * 1.9::float8 / (tf + 0.9::float8 * (0.6::float8 + 0.4::float8 * size / average)))";

    /// Adds the words of the query, once for all layers. Lexemes are quoted and escaped, so that any of them makes a
    /// valid query.
    static void terms(SqlText sql, String text) {
        sql.add("""
                WITH terms AS MATERIALIZED (
                  SELECT array_agg(lexeme) AS words,
                         string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''',
                                    ' | ')::tsquery AS query
                  FROM unnest(to_tsvector('pg_catalog.english', left(?, 200000))))
                """,
                text);
    }

    /// Adds the search of one layer.
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

    /// Adds the term frequency of each word in each row, and its document frequency.
    private void frequencies(SqlText sql, LayerTable table) throws SQLException {
        sql.add("SELECT t." + table.id() + " AS id, length(t.words) AS size, cardinality(w.positions) AS tf, "
                + "count(*) OVER (PARTITION BY w.lexeme) AS df FROM " + table.name() + " t CROSS JOIN terms "
                + "CROSS JOIN LATERAL unnest(t.words) AS w(lexeme, positions, weights)");
        filter.where(sql, table.layer());
        sql.add(" AND t.words @@ terms.query AND w.lexeme = ANY (terms.words)");
    }
}
