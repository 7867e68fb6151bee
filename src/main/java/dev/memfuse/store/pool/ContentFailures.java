package dev.memfuse.store.pool;

import java.sql.SQLException;
import java.util.Set;

/// Recognizes statements that the server refused for their content.
final class ContentFailures {
    /// Classes of PostgreSQL's codes (appendix A of its manual) that say nothing about the content: connection,
    /// transaction, cursor, authorization, catalog, privileges and syntax, resources, operator, system, configuration,
    /// foreign data and internal errors; and an unsupported feature, which is a stale plan.
    private static final Set<String> OTHER_CLASSES = Set.of("00", "01", "02", "03", "08", "0A", "0B", "0F", "0L", "0P",
            "0Z", "24", "25", "26", "28", "2B", "2D", "34", "3B", "3D", "3F", "40", "42", "53", "55", "57", "58", "72",
            "F0", "HV", "XX");
    private static final int CLASS_LENGTH = 2;
    private static final int STATE_LENGTH = 5;

    private ContentFailures() {}

    /// Returns whether a failure is due to the content of a statement: a value that a type, a constraint, a limit or a
    /// trigger refuses. Triggers may use codes of their own.
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == STATE_LENGTH
                && !OTHER_CLASSES.contains(state.substring(0, CLASS_LENGTH));
    }
}
