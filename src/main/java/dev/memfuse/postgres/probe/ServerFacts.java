package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

import dev.memfuse.store.search.VectorExtension;

/// Properties of a server, read over one connection.
///
/// @param versionNumber value of `server_version_num`: 180006 is 18.6
/// @param version version for display
/// @param login user, database and settings of the server
/// @param rights privileges of the user
/// @param extensions state of the useful extensions
/// @param roundTripNanos median time of an empty query in nanoseconds
record ServerFacts(int versionNumber, String version, Settings login, Rights rights, Extensions extensions,
        long roundTripNanos) {
    private static final int ROUND_TRIPS = 21;

    /// User, database and settings.
    ///
    /// @param freeConnections number of further connections this user can open; negative when unknown
    /// @param readOnly whether the server is a standby, or the database is set to read only
    record Settings(String user, String database, int maxConnections, int freeConnections, String encoding,
            String synchronousCommit, boolean fsync, boolean readOnly) {}

    /// Privileges of the user.
    record Rights(boolean superuser, boolean createTables, boolean createSchemas) {}

    /// State of the useful extensions.
    ///
    /// @param statements state of `pg_stat_statements`: `installed`, `available` or `missing`
    record Extensions(VectorExtension vector, String statements) {}

    /// Reads the properties over a connection.
    static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            var settings = settings(statement);
            var rights = rights(statement);
            var extensions = new Extensions(VectorExtension.read(connection),
                    extension(statement, "pg_stat_statements"));
            long roundTrip = roundTrip(statement);
            try (ResultSet row = statement
                    .executeQuery(
                            "SELECT current_setting('server_version_num')::int, current_setting('server_version')")) {
                row.next();
                return new ServerFacts(row.getInt(1), row.getString(2), settings, rights, extensions, roundTrip);
            }
        }
    }

    /// Reads the settings. `reserved_connections` exists since PostgreSQL 16.
    private static Settings settings(Statement statement) throws SQLException {
        String sql = """
                     SELECT current_user, current_database(), current_setting('max_connections')::int,
                            current_setting('max_connections')::int
                              - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'
                                   OR backend_type IS NULL AND usesysid IS NOT NULL)
                              - CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN 0
                                     ELSE current_setting('superuser_reserved_connections')::int
                                          + coalesce(current_setting('reserved_connections', true)::int, 0) END,
                            current_setting('server_encoding'), current_setting('synchronous_commit'),
                            current_setting('fsync')::bool,
                            pg_is_in_recovery() OR current_setting('transaction_read_only')::bool
                     """;
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Settings(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), row.getString(5),
                    row.getString(6), row.getBoolean(7), row.getBoolean(8));
        }
    }

    /// Reads the privileges. `current_schema()` is the schema of new tables; it is null when the user may use none.
    private static Rights rights(Statement statement) throws SQLException {
        String sql = """
                     SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
                            coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
                            has_database_privilege(current_database(), 'CREATE')
                     """;
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Rights(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        }
    }

    private static String extension(Statement statement, String name) throws SQLException {
        String sql = String.format(Locale.ROOT,
                """
                SELECT CASE WHEN EXISTS (SELECT FROM pg_extension WHERE extname = '%1$s') THEN 'installed'
                            WHEN EXISTS (SELECT FROM pg_available_extensions WHERE name = '%1$s') THEN 'available'
                            ELSE 'missing' END
                """, name);
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long roundTrip(Statement statement) throws SQLException {
        var nanos = new long[ROUND_TRIPS];
        for (int i = 0; i < ROUND_TRIPS; i++) {
            long start = System.nanoTime();
            statement.execute("SELECT 1");
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ROUND_TRIPS / 2];
    }

    /// Returns the round trip for display.
    String roundTripText() {
        return String.format(Locale.ROOT, "%.2f ms", roundTripNanos / 1e6);
    }
}
