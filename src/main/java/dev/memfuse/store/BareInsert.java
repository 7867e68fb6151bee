package dev.memfuse.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.memfuse.engine.StoredRound;

/// The statement in which the engine's add path ends, on a connection of its own and with nothing around it: the floor
/// that the benchmark compares with. One thread.
public final class BareInsert implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;

    private BareInsert(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /// Opens the connection and prepares the statement.
    public static BareInsert open(DatabaseTarget target) {
        try {
            Connection connection = target.connections("memfuse-bench").getConnection();
            return new BareInsert(connection, connection.prepareStatement(RoundSql.STORE));
        } catch (SQLException e) {
            throw new StoreException("open the bare connection", e, "");
        }
    }

    /// Stores one round, committed when this returns.
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
            throw new StoreException("close the bare connection", e, "");
        }
    }
}
