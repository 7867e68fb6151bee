package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.record.RecordField;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// The table of a record kind. Fields and columns have the same names.
///
/// @param order columns that sort the rows of a user; an import keeps this order
record RecordTable(RecordKind kind, String name, String order) {

    static RecordTable of(RecordKind kind) {
        return switch (kind) {
            case USER -> new RecordTable(kind, "users", "user_id");
            case AGENT -> new RecordTable(kind, "agents", "created_at, agent_id");
            case SESSION -> new RecordTable(kind, "sessions", "created_at, session_id");
            case ROUND -> new RecordTable(kind, "rounds", "created_at, round_id");
            case MESSAGE -> new RecordTable(kind, "messages", "session_id, sequence");
            case CHUNK -> new RecordTable(kind, "m1_episodic", "round_id, chunk_id");
            case EPISODE -> new RecordTable(kind, "m1_episodes", "round_id, episode_id");
            case FACT -> new RecordTable(kind, "m2_semantic", "round_id, fact_id");
            case KNOWLEDGE -> new RecordTable(kind, "knowledge", "created_at, knowledge_id");
        };
    }

    private String columns() {
        return kind.fields().stream().map(RecordField::name).collect(Collectors.joining(", "));
    }

    /// Returns the statement that reads the rows of a user; its parameter is the id of the user.
    String select() {
        return "SELECT " + columns() + " FROM " + name + " WHERE user_id = ? ORDER BY " + order;
    }

    /// Returns the statement that inserts one row; its parameters are the id of the user, then the fields. In the table
    /// of users the id is one of the fields.
    String insert() {
        String owner = kind == RecordKind.USER ? "" : "user_id, ";
        int parameters = kind.fields().size() + (kind == RecordKind.USER ? 0 : 1);
        return "INSERT INTO " + name + " (" + owner + columns() + ") VALUES (?" + ", ?".repeat(parameters - 1) + ")";
    }

    /// Returns the record of a row.
    UserRecord read(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordField field : kind.fields()) {
            values.add(row.getObject(field.name()) == null ? null : switch (field.type()) {
                case ID -> RowMappers.uuid(row, field.name());
                case TEXT -> row.getString(field.name());
                case TIME -> RowMappers.instant(row, field.name());
                case NUMBER -> row.getLong(field.name());
                case REAL -> row.getFloat(field.name());
                case FLAG -> row.getBoolean(field.name());
                case IDS -> RowMappers.uuidList(row, field.name());
                case TEXTS -> List.of((String[]) row.getArray(field.name()).getArray());
                case VECTOR -> RowMappers.floats(row, field.name());
            });
        }
        return new UserRecord(kind, values);
    }

    /// Binds the parameters of [#insert].
    void bind(Connection connection, PreparedStatement statement, UUID userId, UserRecord row) throws SQLException {
        int parameter = 1;
        if (kind != RecordKind.USER) {
            statement.setObject(parameter++, userId);
        }
        for (int i = 0; i < row.values().size(); i++) {
            String array = kind.fields().get(i).type() == RecordField.Type.IDS ? "uuid" : "text";
            statement.setObject(parameter++, switch (row.values().get(i)) {
                case null -> null;
                case Instant instant -> Statements.timestamp(instant);
                case Collection<?> list -> connection.createArrayOf(array, list.toArray());
                case Object value -> value;
            });
        }
    }
}
