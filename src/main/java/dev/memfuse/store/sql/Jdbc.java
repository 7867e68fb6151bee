package dev.memfuse.store.sql;

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

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// Between rows and records.
public final class Jdbc {
    private Jdbc() {}

    /// Maps one row.
    ///
    /// @param <T> what a row becomes
    @FunctionalInterface
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    public static PreparedStatement bind(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof Instant instant ? at(instant) : values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    public static <T> List<T> list(Connection connection, Mapper<T> mapper, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values); ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapper.map(rows));
            }
            return found;
        }
    }

    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    public static java.sql.Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    public static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static List<UUID> uuidList(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }

    static float[] floats(ResultSet row, String column) throws SQLException {
        Float[] boxed = (Float[]) row.getArray(column).getArray();
        float[] values = new float[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    static User user(ResultSet row) throws SQLException {
        return new User(uuid(row, "user_id"), row.getString("name"), instant(row, "created_at"));
    }

    static Agent agent(ResultSet row) throws SQLException {
        return new Agent(uuid(row, "user_id"), uuid(row, "agent_id"), row.getString("name"),
                instant(row, "created_at"));
    }

    static Session session(ResultSet row) throws SQLException {
        return new Session(new SessionKey(uuid(row, "user_id"), uuid(row, "session_id")), uuid(row, "agent_id"),
                row.getString("name"), instant(row, "created_at"));
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(uuid(row, "message_id"), new SessionKey(uuid(row, "user_id"), uuid(row, "session_id")),
                uuid(row, "round_id"), row.getLong("sequence"), Role.of(row.getString("role")),
                row.getString("content"), instant(row, "created_at"), Message.Origin.DATABASE);
    }
}
