package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.store.sql.Jdbc;

/// A statement that is put together from parts, each with the values it binds, so that text and values stay in step.
final class SqlText {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /// Adds a part and the values of its question marks.
    SqlText add(String part, Object... bound) {
        text.append(part);
        values.addAll(List.of(bound));
        return this;
    }

    PreparedStatement bind(Connection connection) throws SQLException {
        return Jdbc.bind(connection, text.toString(), values.toArray());
    }
}
