package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;

/// Searches every column of every table for a text.
public final class TextSearch {
    /// Columns of tables and materialized views, without system columns such as `ctid`.
    private static final String COLUMNS = """
                                          SELECT n.nspname, c.relname, a.attname
                                          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                          JOIN pg_attribute a
                                            ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                          WHERE c.relkind IN ('r', 'p', 'm')
                                            AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                                            AND n.nspname NOT LIKE 'pg_toast%'""";

    private TextSearch() {}

    /// Returns the number of rows that contain the text, by `table.column`; columns without the text are omitted.
    public static Map<String, Long> count(EngineFixture fixture, String text) throws SQLException {
        try (Connection connection = fixture.connect()) {
            List<String[]> columns = new ArrayList<>(Statements.query(connection,
                    row -> new String[]{row.getString(1), row.getString(2), row.getString(3)}, COLUMNS));
            Map<String, Long> found = new TreeMap<>();
            for (String[] column : columns) {
                // Cast to text, so that arrays, JSON, search vectors and types of extensions are searched too.
                long rows = Statements.query(connection, row -> row.getLong(1),
                        String.format(Locale.ROOT,
                                "SELECT count(*) FROM \"%s\".\"%s\" WHERE strpos(lower(\"%s\"::text), ?) > 0",
                                column[0], column[1], column[2]),
                        text).getFirst();
                if (rows > 0) {
                    found.put(column[1] + "." + column[2], rows);
                }
            }
            return found;
        }
    }
}
