package dev.memfuse.store.baseline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.sql.RoundSql;

/// Runs the statement of the engine's add path alone, on its own connection: a lower bound for benchmarks. Not
/// thread-safe.
public final class InsertBaseline implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;

    private InsertBaseline(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /// Opens the connection and prepares the statement.
    public static InsertBaseline open(DatabaseTarget target) {
        try {
            Connection connection = target.connections("memfuse-bench").getConnection();
            return new InsertBaseline(connection, connection.prepareStatement(RoundSql.STORE));
        } catch (SQLException e) {
            throw new StoreException("open the baseline connection", e, "");
        }
    }

    /// Stores one round; it is committed on return.
    public void store(StoredRound round) {
        try {
            RoundSql.bindStore(connection, statement, List.of(round));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
            }
        } catch (SQLException e) {
            throw new StoreException("store a round", e, "");
        }
    }

    @Override
    public void close() {
        try {
            statement.close();
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("close the baseline connection", e, "");
        }
    }
}
