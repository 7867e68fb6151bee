package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The table of the server's settings is that of the server that the program includes.
@Tag("db")
class ServerSettingsTableDbTest {
    /// Also the statement that writes the table after an update of PostgreSQL.
    private static final String ROWS = """
                                       SELECT concat_ws(E'\\t', name, context, vartype, coalesce(unit, ''),
                                         coalesce(min_val, ''), coalesce(max_val, ''),
                                         coalesce(array_to_string(enumvals, ','), ''), category)
                                       FROM pg_settings WHERE name !~ '\\.' ORDER BY name COLLATE "C"
                                       """;

    @Test
    void theTableIsThatOfTheServer() throws SQLException, IOException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = TestServer.newDatabase().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }

        try (InputStream table = getClass().getResourceAsStream("/postgres-settings.tsv")) {
            assertEquals(rows, new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().toList());
        }
    }
}
