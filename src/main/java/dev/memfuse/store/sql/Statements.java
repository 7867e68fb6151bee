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

import dev.memfuse.metrics.Trace;
import dev.memfuse.store.pool.Rehearsal;
import org.jspecify.annotations.Nullable;

/// Runs statements: binds their parameters and collects their rows. An [Instant] is bound as a `timestamptz`.
///
/// All statements of the store are executed here, so that they and their rows are counted.
public final class Statements {
    private Statements() {}

    /// Prepares a statement and binds its parameters; the caller closes it.
    ///
    /// @param values the parameters in order
    public static PreparedStatement bind(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
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
    public static <T> List<T> query(Connection connection, RowMapper<T> mapper, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values)) {
            return query(statement, mapper);
        }
    }

    /// Runs a bound query and returns its rows in order.
    public static <T> List<T> query(PreparedStatement statement, RowMapper<T> mapper) throws SQLException {
        List<T> found = new ArrayList<>();
        forEach(statement, row -> found.add(mapper.map(row)));
        return found;
    }

    /// Takes each row of a query.
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /// Runs a bound query and passes its rows in order.
    ///
    /// @param each receives each row; must not move to another one
    public static void forEach(PreparedStatement statement, RowConsumer each) throws SQLException {
        Rehearsal.executing(statement);
        long read = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                read++;
                each.accept(rows);
            }
        } finally {
            Trace.current().executed(1, read);
        }
    }

    /// Runs a statement without rows and returns the number of rows it changed.
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values)) {
            return update(statement);
        }
    }

    /// Runs a bound statement without rows and returns the number of rows it changed.
    public static int update(PreparedStatement statement) throws SQLException {
        Rehearsal.executing(statement);
        int changed = 0;
        try {
            changed = statement.executeUpdate();
            return changed;
        } finally {
            Trace.current().executed(1, changed);
        }
    }

    /// Runs the statements of a batch and returns the number of rows that each changed; no statement when it is empty.
    public static int[] batch(PreparedStatement statement) throws SQLException {
        Rehearsal.executing(statement);
        int[] changes = statement.executeBatch();
        long changed = 0;
        for (int change : changes) {
            changed += Math.max(0, change);
        }
        Trace.current().executed(changes.length, changed);
        return changes;
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
