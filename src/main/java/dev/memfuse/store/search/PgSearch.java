package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.RowMappers;
import dev.memfuse.store.sql.Statements;

/// Ranks inside PostgreSQL, by pgvector and full-text search. Runs one statement per call for all layers. Thread-safe.
///
/// Call [#problem] before the first search: it prepares the database, and searches work once it has returned empty.
public final class PgSearch implements SearchStore {
    private final Database database;
    private final SearchSchema schema;

    public PgSearch(Database database) {
        this.database = database;
        schema = new SearchSchema(database);
    }

    /// Creates the extension and the columns at the first call, where the role may.
    @Override
    public Optional<String> problem() {
        return schema.prepare();
    }

    @Override
    public List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit) {
        return database.withConnection("search by meaning", connection -> {
            var dense = new DenseSql(new FilterSql(connection, userId, filter), model, query, limit);
            return search(connection, userId, union(new SqlText(), filter, dense::layer));
        });
    }

    @Override
    public List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit) {
        return database.withConnection("search by words", connection -> {
            var lexical = new LexicalSql(new FilterSql(connection, userId, filter), limit);
            SqlText sql = new SqlText();
            LexicalSql.terms(sql, text.replace('\0', ' ')); // the one character PostgreSQL does not accept
            return search(connection, userId, union(sql, filter, lexical::layer));
        });
    }

    /// Adds the search of one layer to a statement.
    @FunctionalInterface
    private interface LayerSearch {
        void add(SqlText sql, MemoryLayer layer) throws SQLException;
    }

    private static SqlText union(SqlText sql, QueryFilter filter, LayerSearch search) throws SQLException {
        sql.add("SELECT layer, id, message_ids, session_id, sequence, content, created_at, terms, score FROM (");
        String between = "";
        for (MemoryLayer layer : filter.layers().stream().sorted().toList()) {
            sql.add(between);
            search.add(sql, layer);
            between = " UNION ALL ";
        }
        return sql.add(") found ORDER BY score DESC, layer, id");
    }

    private static List<Candidate> search(Connection connection, UUID userId, SqlText sql) throws SQLException {
        try (PreparedStatement statement = sql.bind(connection)) {
            return Statements.query(statement, row -> candidate(userId, row));
        }
    }

    private static Candidate candidate(UUID userId, ResultSet row) throws SQLException {
        return new Candidate(MemoryLayer.valueOf(row.getString("layer")), RowMappers.uuid(row, "id"),
                RowMappers.uuidList(row, "message_ids"), new SessionKey(userId, RowMappers.uuid(row, "session_id")),
                row.getLong("sequence"), row.getString("content"),
                new Candidate.Details(RowMappers.instant(row, "created_at"), row.getInt("terms")),
                row.getDouble("score"));
    }
}
