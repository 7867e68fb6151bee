package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Requirement on the encoding of a database: UTF8, the only one that keeps every text.
public final class DatabaseEncoding {
    private static final String REQUIRED = "UTF8";
    private static final String SUFFIX = "_utf8";
    /// PostgreSQL cuts names of databases after 63 bytes.
    private static final int MAX_NAME = 63 - SUFFIX.length();

    private DatabaseEncoding() {}

    /// Returns why a database cannot be used.
    ///
    /// @return a sentence with the command that creates a right database; empty when this one is right
    public static Optional<String> problem(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT current_setting('server_encoding'), current_database()")) {
            row.next();
            return problem(row.getString(1), row.getString(2));
        }
    }

    /// Returns why a database cannot be used.
    ///
    /// @param encoding value of `server_encoding`
    /// @param database name of the database
    /// @return a sentence with the command that creates a right database; empty when this one is right
    public static Optional<String> problem(String encoding, String database) {
        if (encoding.equals(REQUIRED)) {
            return Optional.empty();
        }
        // A locale of its own: that of the template may require another encoding.
        return Optional.of("The encoding of the database " + quoted(database) + " is " + encoding
                + ", which cannot store every text. Create another database with the encoding UTF8 and use its "
                + "address: CREATE DATABASE " + quoted(shortened(database) + SUFFIX)
                + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';");
    }

    private static String shortened(String database) {
        return database.substring(0, Math.min(database.length(), MAX_NAME));
    }

    /// Returns a name as an identifier of SQL.
    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
