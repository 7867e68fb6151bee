package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.store.sql.Statements;

/// Builds a statement from parts. Each part is added with its parameters, so that text and parameters stay in order.
final class SqlText {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /// Adds a part and its parameters.
    SqlText add(String part, Object... bound) {
        text.append(part);
        values.addAll(List.of(bound));
        return this;
    }

    /// Prepares the statement and binds its parameters; the caller closes it.
    PreparedStatement bind(Connection connection) throws SQLException {
        return Statements.bind(connection, text.toString(), values.toArray());
    }
}
