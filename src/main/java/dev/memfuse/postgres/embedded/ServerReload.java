package dev.memfuse.postgres.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.postgres.program.ServerStartException;

/// Makes a running server read its settings again.
final class ServerReload {
    private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();
    /// The time at which the server read its settings, as text: equal for as long as it has not read them again.
    private static final String READ_AT = "SELECT pg_conf_load_time()::text";

    private ServerReload() {}

    /// Requests a reload and waits until a session has it: each session reads its settings before its next statement.
    ///
    /// @throws ServerStartException when the server does not answer, or has not reloaded within 5 s
    static void run(ServerStart.Started server) {
        try (Connection connection = ServerStart.connect(server.port(), "postgres", server.password());
                Statement statement = connection.createStatement()) {
            String before = value(statement, READ_AT);
            String _ = value(statement, "SELECT pg_reload_conf()");
            long start = System.nanoTime();
            while (value(statement, READ_AT).equals(before)) {
                if (System.nanoTime() - start > LIMIT_NANOS) {
                    throw new ServerStartException("PostgreSQL has not taken over its settings within 5 s.",
                            "It does at its next start; its log names the reason.");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (SQLException e) {
            throw new ServerStartException("PostgreSQL does not answer, so its settings are those of before: "
                    + e.getMessage() + ".", "It takes them over when it starts again.", "SQLState " + e.getSQLState(),
                    e);
        }
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
