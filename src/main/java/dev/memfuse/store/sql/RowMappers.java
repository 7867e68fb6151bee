package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// Maps columns and rows of result sets to values and records of the engine.
public final class RowMappers {
    private RowMappers() {}

    /// Returns a column of type `timestamptz` that is not null.
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /// Returns a column of type `timestamptz`.
    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /// Returns a column of type `uuid`.
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /// Returns a column of type `uuid[]`.
    public static List<UUID> uuidList(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }

    /// Returns a column of type `real[]`.
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

    /// Returns the message of a row; empty when its columns are null.
    static Optional<Message> optionalMessage(ResultSet row) throws SQLException {
        return row.getObject("message_id") == null ? Optional.empty() : Optional.of(message(row));
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(uuid(row, "message_id"), new SessionKey(uuid(row, "user_id"), uuid(row, "session_id")),
                uuid(row, "round_id"), row.getLong("sequence"), Role.of(row.getString("role")),
                row.getString("content"), instant(row, "created_at"), optionalInstant(row, "edited_at"),
                Message.Origin.DATABASE);
    }
}
