package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.store.sql.Statements;

/// Translates a filter to conditions on the rows `t` of a layer. A chunk or fact matches a time range only when all of
/// its messages do, because its text must not reveal messages outside the range.
record FilterSql(Connection connection, UUID userId, QueryFilter filter) {

    /// Adds `WHERE` with the user and all restrictions.
    void where(SqlText sql, MemoryLayer layer) throws SQLException {
        scope(sql);
        if (layer == MemoryLayer.M2) {
            sql.add(" AND t.superseded_by IS NULL");
        }
        filter.from().ifPresent(from -> time(sql, layer, "<", from));
        filter.until().ifPresent(until -> time(sql, layer, ">=", until));
    }

    /// Returns whether the filter restricts the time.
    boolean restrictsTime() {
        return filter.from().isPresent() || filter.until().isPresent();
    }

    /// Adds `WHERE` with the user, the sessions and the agents.
    void scope(SqlText sql) throws SQLException {
        sql.add(" WHERE t.user_id = ?", userId);
        if (!filter.sessions().isEmpty()) {
            sql.add(" AND t.session_id = ANY (?)", Statements.uuidArray(connection, filter.sessions()));
        }
        if (!filter.agents().isEmpty()) {
            sql.add(" AND t.session_id IN (SELECT s.session_id FROM sessions s WHERE s.user_id = ? "
                    + "AND s.agent_id = ANY (?))", userId, Statements.uuidArray(connection, filter.agents()));
        }
    }

    private void time(SqlText sql, MemoryLayer layer, String outside, Instant bound) {
        if (layer == MemoryLayer.M0) {
            sql.add(" AND NOT t.created_at " + outside + " ?", bound);
        } else {
            sql.add(" AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.user_id = ? "
                    + "AND m.message_id = ANY (t.message_ids) AND m.created_at " + outside + " ?)", userId, bound);
            if (layer == MemoryLayer.M2) {
                sql.add(" AND (t.round_id IS NOT NULL OR NOT t.observed_at " + outside + " ?)", bound);
            }
        }
    }
}
