package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Requirement on the content of a database: nothing, or the tables of this program. Tables of other applications may
/// have the same names.
public final class ForeignTables {
    /// The first migration; the history of another application that uses Flyway too begins with another one.
    private static final String FIRST_SCRIPT = "V1__memory.sql";
    private static final String HISTORY = "SELECT (to_regclass(quote_ident(current_schema()) || "
            + "'.flyway_schema_history') IS NOT NULL)::text";
    private static final String SCRIPT = "SELECT script FROM flyway_schema_history WHERE version IS NOT NULL"
            + " ORDER BY installed_rank LIMIT 1";
    /// Relations, functions and types of the schema that belong to no extension. A relation has a type of its own.
    private static final String OBJECTS = """
                                          SELECT string_agg(name, ', '), max(total) FROM (
                                            SELECT name, count(*) OVER () AS total FROM (
                                              SELECT c.relname AS name FROM pg_class c
                                              WHERE c.relnamespace = current_schema()::regnamespace
                                                AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                                                AND c.relname <> 'flyway_schema_history'
                                                AND NOT EXISTS (SELECT FROM pg_depend d
                                                                WHERE d.classid = 'pg_class'::regclass
                                                                  AND d.objid = c.oid AND d.deptype IN ('e', 'i', 'a'))
                                              UNION ALL
                                              SELECT p.proname FROM pg_proc p
                                              WHERE p.pronamespace = current_schema()::regnamespace
                                                AND NOT EXISTS (SELECT FROM pg_depend d
                                                                WHERE d.classid = 'pg_proc'::regclass
                                                                  AND d.objid = p.oid AND d.deptype = 'e')
                                              UNION ALL
                                              SELECT t.typname FROM pg_type t
                                              WHERE t.typnamespace = current_schema()::regnamespace
                                                AND t.typtype IN ('e', 'd')
                                                AND NOT EXISTS (SELECT FROM pg_depend d
                                                                WHERE d.classid = 'pg_type'::regclass
                                                                  AND d.objid = t.oid AND d.deptype = 'e')
                                            ) objects ORDER BY name LIMIT 3) first
                                          """;

    private ForeignTables() {}

    /// Returns why a database cannot be used, a sentence with the command that creates another one; empty when it is
    /// empty or holds the tables of this program.
    public static Optional<String> problem(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean history = Boolean.parseBoolean(text(statement, HISTORY));
            if (history) {
                String script = text(statement, SCRIPT);
                if (script.equals(FIRST_SCRIPT)) {
                    return Optional.empty();
                }
                if (!script.isEmpty()) {
                    return Optional.of(sentence(connection, "the migrations of another application, beginning with "
                            + script + ","));
                }
            }
            try (ResultSet row = statement.executeQuery(OBJECTS)) {
                row.next();
                long total = row.getLong(2);
                return total == 0
                        ? Optional.empty()
                        : Optional.of(sentence(connection, "tables of another application ("
                                + row.getString(1) + (total > 3 ? " and " + (total - 3) + " more" : "") + ")"));
            }
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getString(1) != null ? row.getString(1) : "";
        }
    }

    private static String sentence(Connection connection, String content) throws SQLException {
        return "The database \"" + connection.getCatalog() + "\" holds " + content
                + " and no memory of MemFuse, so that "
                + "nothing was changed in it. Create an empty database and use its address: CREATE DATABASE memfuse "
                + "TEMPLATE template0 ENCODING 'UTF8';";
    }
}
