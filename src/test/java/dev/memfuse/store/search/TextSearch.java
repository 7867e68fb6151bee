package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Jdbc;

/// Looks for a text in every column of every table that can hold one, whatever tables there are.
public final class TextSearch {
    /// Also materialized views. `ctid` and the like are no columns here.
    private static final String COLUMNS = """
                                          SELECT n.nspname, c.relname, a.attname
                                          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                          WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                                            AND n.nspname NOT LIKE 'pg_toast%'""";

    private TextSearch() {}

    /// Rows that contain the text, by `table.column`; a column without is left out.
    public static Map<String, Long> count(EngineFixture fixture, String text) throws SQLException {
        try (Connection connection = fixture.connect()) {
            List<String[]> columns = new ArrayList<>(Jdbc.list(connection,
                    row -> new String[]{row.getString(1), row.getString(2), row.getString(3)}, COLUMNS));
            Map<String, Long> found = new TreeMap<>();
            for (String[] column : columns) {
                // As text: so that arrays, JSON, search vectors and types of extensions are looked through, too.
                long rows = Jdbc.list(connection, row -> row.getLong(1),
                        "SELECT count(*) FROM \"%s\".\"%s\" WHERE strpos(lower(\"%s\"::text), ?) > 0"
                                .formatted(column[0], column[1], column[2]),
                        text).getFirst();
                if (rows > 0) {
                    found.put(column[1] + "." + column[2], rows);
                }
            }
            return found;
        }
    }
}
