package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.store.pool.Database;

/// Shows the index what is stored: the ids first, then in portions what the index does not have.
public final class IndexSql {
    private static final int FETCH_SIZE = 10_000;
    private static final int PORTION = 2_000;

    private final Database database;

    public IndexSql(Database database) {
        this.database = database;
    }

    /// One transaction, so that the layers are of the same instant; fetched in portions, so that a large user does not have
    /// to fit in memory twice.
    public void read(UUID userId, IndexVisitor visitor) {
        database.inTransaction("read the index of a user", connection -> {
            Jdbc.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            new Layer(MemoryLayer.M0,
                    "SELECT message_id FROM messages WHERE user_id = ? ORDER BY session_id, sequence",
                    "SELECT " + MessageSql.COLUMNS
                            + " FROM messages WHERE user_id = ? AND message_id = ANY (?) ORDER BY session_id, sequence",
                    row -> visitor.message(Jdbc.message(row))).show(connection, userId, visitor);
            new Layer(MemoryLayer.M1, "SELECT chunk_id FROM m1_episodic WHERE user_id = ?",
                    "SELECT chunk_id, message_ids, content, chunking_strategy, token_count, embedding, embedding_model "
                            + "FROM m1_episodic WHERE user_id = ? AND chunk_id = ANY (?)",
                    row -> visitor.chunk(chunk(row))).show(connection, userId, visitor);
            // What was superseded is history, and no answer.
            new Layer(MemoryLayer.M2, "SELECT fact_id FROM m2_semantic WHERE user_id = ? AND superseded_by IS NULL",
                    "SELECT * FROM m2_semantic WHERE user_id = ? AND fact_id = ANY (?)",
                    row -> visitor.fact(FactSql.fact(row))).show(connection, userId, visitor);
            return true;
        });
    }

    /// Is given each row.
    @FunctionalInterface
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /// How one layer is read.
    ///
    /// @param ids a statement with one column
    /// @param rows a statement that takes an array of ids
    private record Layer(MemoryLayer layer, String ids, String rows, RowConsumer consumer) {

        void show(Connection connection, UUID userId, IndexVisitor visitor) throws SQLException {
            List<UUID> wanted = new ArrayList<>();
            try (PreparedStatement statement = Jdbc.bind(connection, ids, userId)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        UUID id = row.getObject(1, UUID.class);
                        if (visitor.needs(layer, id)) {
                            wanted.add(id);
                        }
                    }
                }
            }
            for (int start = 0; start < wanted.size(); start += PORTION) {
                give(connection, userId, wanted.subList(start, Math.min(start + PORTION, wanted.size())));
            }
        }

        private void give(Connection connection, UUID userId, List<UUID> portion) throws SQLException {
            try (PreparedStatement statement = Jdbc.bind(connection, rows, userId, Jdbc.uuids(connection, portion));
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        }
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(Jdbc.uuid(row, "chunk_id"), Jdbc.uuidList(row, "message_ids"), row.getString("content"),
                row.getString("chunking_strategy"), row.getInt("token_count"), Jdbc.floats(row, "embedding"),
                row.getString("embedding_model"));
    }
}
