package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// An `INSERT` of several rows into one table, which ignores rows that exist.
///
/// @param head `INSERT INTO table (columns)`
/// @param tail the conflict clause
record MultiRowInsert(String head, String tail) {
    /// Maximum number of rows of one statement: bounds the number of its parameters, of which there are at most 65535.
    private static final int MAX_ROWS = 500;

    /// Inserts rows that have the same number of values. No timeout of its own.
    void run(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        for (int start = 0; start < rows.size(); start += MAX_ROWS) {
            insert(connection, rows.subList(start, Math.min(start + MAX_ROWS, rows.size())));
        }
    }

    /// Returns the statement.
    String text(int columns, int rows) {
        String row = "(?" + ", ?".repeat(columns - 1) + ")";
        return head + " VALUES " + row + (", " + row).repeat(rows - 1) + " " + tail;
    }

    private void insert(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement(text(rows.getFirst().length, rows.size()))) {
            int parameter = 1;
            for (@Nullable
            Object[] values : rows) {
                for (@Nullable
                Object value : values) {
                    statement.setObject(parameter++, value);
                }
            }
            Statements.update(statement);
        }
    }
}
