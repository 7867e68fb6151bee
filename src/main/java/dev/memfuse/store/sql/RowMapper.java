package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Maps the current row of a result set.
///
/// @param <T> the result for a row
@FunctionalInterface
public interface RowMapper<T> {
    /// Returns the value of the row; does not move to another one.
    T map(ResultSet row) throws SQLException;
}
