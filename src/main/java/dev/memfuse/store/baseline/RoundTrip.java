package dev.memfuse.store.baseline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.StoreException;

/// The shortest request of a database, one round trip on one connection, for benchmarks of the network. Not
/// thread-safe.
public final class RoundTrip implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;

    private RoundTrip(Connection connection) throws SQLException {
        this.connection = connection;
        statement = connection.prepareStatement("SELECT 1");
    }

    /// Opens the connection and prepares the statement.
    public static RoundTrip open(DatabaseTarget target) {
        try {
            return new RoundTrip(target.connections("memfuse-bench").getConnection());
        } catch (SQLException e) {
            throw new StoreException("open the connection for round trips", e, "");
        }
    }

    /// Makes one round trip.
    public void run() {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("The database answered without a row.");
            }
        } catch (SQLException e) {
            throw new StoreException("make a round trip", e, "");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("close the connection for round trips", e, "");
        }
    }
}
