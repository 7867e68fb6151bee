package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Runs statements: binds their parameters and collects their rows. An [Instant] is bound as a `timestamptz`.
public final class Statements {
    private Statements() {}

    /// Prepares a statement and binds its parameters; the caller closes it.
    ///
    /// @param values the parameters in order
    public static PreparedStatement bind(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof Instant instant ? timestamp(instant) : values[i]);
            }
            return statement;
        } catch (Throwable e) {
            statement.close();
            throw e;
        }
    }

    /// Runs a query and returns its rows in order.
    public static <T> List<T> query(Connection connection, RowMapper<T> mapper, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values); ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapper.map(rows));
            }
            return found;
        }
    }

    /// Runs a statement without rows and returns the number of rows it changed.
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /// Returns ids as a parameter of type `uuid[]`.
    public static Array uuidArray(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    /// Returns an instant as a parameter of type `timestamptz`.
    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
