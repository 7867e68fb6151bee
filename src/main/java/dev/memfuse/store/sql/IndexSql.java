package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.IndexStore;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.store.pool.Database;

/// Reads the entries of a user for the index: all ids first, then the requested entries in portions.
public final class IndexSql implements IndexStore {
    private static final int FETCH_SIZE = 10_000;
    private static final int PORTION = 2_000;
    private static final String ERASED = "erased";
    private static final String VECTOR = "vector";
    private static final String CHUNK = "chunk";
    private static final String FACT = "fact";
    private static final String EDITED = "coalesce((extract(epoch FROM edited_at) * 1000000)::bigint, 0)";
    /// The time of the user's last deletion and the ids of what depends on messages, in one round trip. Superseded
    /// facts are history and never answer a query.
    private static final String DERIVED = "SELECT '" + ERASED + "' AS kind, NULL::uuid AS id, " + ErasureSql.TIME
            + " AS time FROM users WHERE user_id = ? UNION ALL SELECT '" + VECTOR
            + "', message_id, 0 FROM message_vectors WHERE user_id = ? UNION ALL SELECT '" + CHUNK
            + "', chunk_id, 0 FROM m1_episodic WHERE user_id = ? UNION ALL SELECT '" + FACT
            + "', fact_id, " + EDITED + " FROM m2_semantic WHERE user_id = ? AND superseded_by IS NULL";
    private static final String MESSAGES = "SELECT message_id, " + EDITED + " FROM messages WHERE user_id = ? "
            + "ORDER BY session_id, sequence";
    private static final String MESSAGE_ROWS = "SELECT " + MessageSql.COLUMNS
            + " FROM messages WHERE user_id = ? AND message_id = ANY (?) ORDER BY session_id, sequence";
    private static final String VECTOR_ROWS = "SELECT message_id, embedding, embedding_model FROM message_vectors "
            + "WHERE user_id = ? AND message_id = ANY (?)";
    private static final String CHUNK_ROWS = "SELECT chunk_id, message_ids, content, chunking_strategy, token_count, "
            + "embedding, embedding_model FROM m1_episodic WHERE user_id = ? AND chunk_id = ANY (?)";
    private static final String FACT_ROWS = "SELECT * FROM m2_semantic WHERE user_id = ? AND fact_id = ANY (?)";

    private final Database database;

    public IndexSql(Database database) {
        this.database = database;
    }

    /// Passes the entries of a user to a visitor. One transaction gives all layers the same snapshot; portions bound
    /// the memory for a large user.
    @Override
    public void read(UUID userId, IndexVisitor visitor) {
        database.inTransaction(userId, "read the index of a user", connection -> {
            Statements.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            Rows rows = new Rows(connection, userId);
            Derived derived = derived(connection, userId);
            visitor.erased(derived.erased());
            rows.read(MESSAGE_ROWS, ids(connection, userId, visitor),
                    row -> visitor.message(RowMappers.message(row)));
            rows.read(VECTOR_ROWS, derived.of(VECTOR, entry -> visitor.needsVector(entry.id())),
                    row -> visitor.vector(RowMappers.uuid(row, "message_id"), RowMappers.floats(row, "embedding"),
                            row.getString("embedding_model")));
            rows.read(CHUNK_ROWS, derived.of(CHUNK, entry -> visitor.needs(MemoryLayer.M1, entry.id())),
                    row -> visitor.chunk(chunk(row)));
            rows.read(FACT_ROWS, derived.of(FACT,
                    entry -> visitor.needs(MemoryLayer.M2, entry.id(), entry.edited())),
                    row -> visitor.fact(FactSql.fact(row)));
            return true;
        });
    }

    private static List<UUID> ids(Connection connection, UUID userId, IndexVisitor visitor) throws SQLException {
        List<UUID> requested = new ArrayList<>();
        try (PreparedStatement statement = Statements.bind(connection, MESSAGES, userId)) {
            statement.setFetchSize(FETCH_SIZE);
            Statements.forEach(statement, row -> {
                UUID id = row.getObject(1, UUID.class);
                if (visitor.needs(MemoryLayer.M0, id, row.getLong(2))) {
                    requested.add(id);
                }
            });
        }
        return requested;
    }

    private static Derived derived(Connection connection, UUID userId) throws SQLException {
        AtomicLong erased = new AtomicLong(ErasureStore.NO_USER);
        Map<String, List<Entry>> entries = new HashMap<>();
        try (PreparedStatement statement = Statements.bind(connection, DERIVED, userId, userId, userId, userId)) {
            statement.setFetchSize(FETCH_SIZE);
            Statements.forEach(statement, row -> {
                String kind = row.getString(1);
                if (kind.equals(ERASED)) {
                    erased.set(row.getLong(3));
                } else {
                    entries.computeIfAbsent(kind, _ -> new ArrayList<>())
                            .add(new Entry(row.getObject(2, UUID.class), row.getLong(3)));
                }
            });
        }
        return new Derived(erased.get(), entries);
    }

    /// What depends on the messages of a user.
    ///
    /// @param erased time of the user's last deletion
    /// @param entries by kind
    private record Derived(long erased, Map<String, List<Entry>> entries) {
        List<UUID> of(String kind, Predicate<Entry> needed) {
            return entries.getOrDefault(kind, List.of()).stream().filter(needed).map(Entry::id).toList();
        }
    }

    /// @param edited time when its text was last replaced; 0 when it never was
    private record Entry(UUID id, long edited) {}

    /// Reads the rows of a user in portions.
    private record Rows(Connection connection, UUID userId) {
        void read(String sql, List<UUID> ids, Statements.RowConsumer consumer) throws SQLException {
            for (int start = 0; start < ids.size(); start += PORTION) {
                List<UUID> portion = ids.subList(start, Math.min(start + PORTION, ids.size()));
                try (PreparedStatement statement = Statements.bind(connection, sql, userId,
                        Statements.uuidArray(connection, portion))) {
                    Statements.forEach(statement, consumer);
                }
            }
        }
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(RowMappers.uuid(row, "chunk_id"), RowMappers.uuidList(row, "message_ids"),
                row.getString("content"), row.getString("chunking_strategy"), row.getInt("token_count"),
                RowMappers.floats(row, "embedding"), row.getString("embedding_model"));
    }
}
