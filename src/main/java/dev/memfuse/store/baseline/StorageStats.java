package dev.memfuse.store.baseline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.sql.Jdbc;

/// What the database holds, counted by itself on a connection of its own: benchmarks count what is stored, not what was
/// acknowledged. One thread.
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
            throw new StoreException("open the bare connection", e, "");
        }
    }

    /// Messages of these users. Reads every row.
    public long messages(Collection<UUID> userIds) {
        return number("SELECT count(*) FROM messages WHERE user_id = ANY (?)", userIds);
    }

    /// Places given out in the sessions of these users: as many as messages, where each was sent once. Cheap.
    public long places(Collection<UUID> userIds) {
        return number("SELECT coalesce(sum(last_sequence), 0)::bigint FROM sessions WHERE user_id = ANY (?)", userIds);
    }

    private long number(String sql, Collection<UUID> userIds) {
        try {
            return Jdbc.list(connection, row -> row.getLong(1), sql, Jdbc.uuids(connection, userIds)).getFirst();
        } catch (SQLException e) {
            throw new StoreException("count what is stored", e, "");
        }
    }

    /// Bytes of the tables that every turn has rows in, with their indexes: messages and rounds.
    public long bytes() {
        try {
            return Jdbc.list(connection, row -> row.getLong(1),
                    "SELECT pg_total_relation_size('messages') + pg_total_relation_size('rounds')").getFirst();
        } catch (SQLException e) {
            throw new StoreException("measure what is stored", e, "");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("close the bare connection", e, "");
        }
    }
}
