package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.store.pool.Database;

/// Reads the entries of a user for the index: all ids first, then the requested entries in portions.
public final class IndexSql {
    private static final int FETCH_SIZE = 10_000;
    private static final int PORTION = 2_000;

    private final Database database;

    public IndexSql(Database database) {
        this.database = database;
    }

    /// Passes the entries of a user to a visitor. One transaction gives all layers the same snapshot; portions bound
    /// the memory for a large user.
    public void read(UUID userId, IndexVisitor visitor) {
        database.inTransaction("read the index of a user", connection -> {
            Statements.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            visitor.erased(ErasureSql.erased(connection, userId));
            new Layer(MemoryLayer.M0,
                    "SELECT message_id FROM messages WHERE user_id = ? ORDER BY session_id, sequence",
                    "SELECT " + MessageSql.COLUMNS
                            + " FROM messages WHERE user_id = ? AND message_id = ANY (?) ORDER BY session_id, sequence",
                    row -> visitor.message(RowMappers.message(row))).read(connection, userId, visitor);
            new Layer(MemoryLayer.M0, "SELECT message_id FROM message_vectors WHERE user_id = ?",
                    "SELECT message_id, embedding, embedding_model FROM message_vectors "
                            + "WHERE user_id = ? AND message_id = ANY (?)",
                    row -> visitor.vector(RowMappers.uuid(row, "message_id"), RowMappers.floats(row, "embedding"),
                            row.getString("embedding_model")))
                    .read(connection, userId, visitor::needsVector);
            new Layer(MemoryLayer.M1, "SELECT chunk_id FROM m1_episodic WHERE user_id = ?",
                    "SELECT chunk_id, message_ids, content, chunking_strategy, token_count, embedding, embedding_model "
                            + "FROM m1_episodic WHERE user_id = ? AND chunk_id = ANY (?)",
                    row -> visitor.chunk(chunk(row))).read(connection, userId, visitor);
            // Superseded facts are history and never answer a query.
            new Layer(MemoryLayer.M2, "SELECT fact_id FROM m2_semantic WHERE user_id = ? AND superseded_by IS NULL",
                    "SELECT * FROM m2_semantic WHERE user_id = ? AND fact_id = ANY (?)",
                    row -> visitor.fact(FactSql.fact(row))).read(connection, userId, visitor);
            return true;
        });
    }

    /// The statements that read one layer.
    ///
    /// @param ids returns all ids of a user, in one column
    /// @param rows returns the entries of an array of ids
    private record Layer(MemoryLayer layer, String ids, String rows, Statements.RowConsumer consumer) {

        void read(Connection connection, UUID userId, IndexVisitor visitor) throws SQLException {
            read(connection, userId, id -> visitor.needs(layer, id));
        }

        void read(Connection connection, UUID userId, Predicate<UUID> needed) throws SQLException {
            List<UUID> requested = new ArrayList<>();
            try (PreparedStatement statement = Statements.bind(connection, ids, userId)) {
                statement.setFetchSize(FETCH_SIZE);
                Statements.forEach(statement, row -> {
                    UUID id = row.getObject(1, UUID.class);
                    if (needed.test(id)) {
                        requested.add(id);
                    }
                });
            }
            for (int start = 0; start < requested.size(); start += PORTION) {
                readEntries(connection, userId,
                        requested.subList(start, Math.min(start + PORTION, requested.size())));
            }
        }

        private void readEntries(Connection connection, UUID userId, List<UUID> portion) throws SQLException {
            try (PreparedStatement statement = Statements.bind(connection, rows, userId,
                    Statements.uuidArray(connection, portion))) {
                Statements.forEach(statement, consumer);
            }
        }
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(RowMappers.uuid(row, "chunk_id"), RowMappers.uuidList(row, "message_ids"),
                row.getString("content"), row.getString("chunking_strategy"), row.getInt("token_count"),
                RowMappers.floats(row, "embedding"), row.getString("embedding_model"));
    }
}
