package dev.memfuse.store.baseline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.sql.Statements;

/// Counts of stored rows and bytes, read from the database on a separate connection: benchmarks count stored messages,
/// not acknowledged ones. Not thread-safe.
public final class StorageStats implements AutoCloseable {
    private final Connection connection;

    private StorageStats(Connection connection) {
        this.connection = connection;
    }

    /// Opens the connection.
    public static StorageStats open(DatabaseTarget target) {
        try {
            return new StorageStats(target.connections("memfuse-bench").getConnection());
        } catch (SQLException e) {
            throw new StoreException("open the statistics connection", e, "");
        }
    }

    /// Returns the number of messages of these users. Reads every row.
    public long messages(Collection<UUID> userIds) {
        return number("SELECT count(*) FROM messages WHERE user_id = ANY (?)", userIds);
    }

    /// Returns the sum of the last sequence numbers of these users' sessions. It equals the number of messages when
    /// each was sent once, and costs one row per session.
    public long places(Collection<UUID> userIds) {
        return number("SELECT coalesce(sum(last_sequence), 0)::bigint FROM sessions WHERE user_id = ANY (?)", userIds);
    }

    private long number(String sql, Collection<UUID> userIds) {
        try {
            return Statements.query(connection, row -> row.getLong(1), sql, Statements.uuidArray(connection, userIds))
                    .getFirst();
        } catch (SQLException e) {
            throw new StoreException("count the stored rows", e, "");
        }
    }

    /// Returns the bytes of the tables `messages` and `rounds` with their indexes.
    public long bytes() {
        try {
            return Statements.query(connection, row -> row.getLong(1),
                    "SELECT pg_total_relation_size('messages') + pg_total_relation_size('rounds')").getFirst();
        } catch (SQLException e) {
            throw new StoreException("measure the stored bytes", e, "");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("close the statistics connection", e, "");
        }
    }
}
