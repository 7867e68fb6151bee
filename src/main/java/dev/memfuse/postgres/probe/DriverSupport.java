package dev.memfuse.postgres.probe;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

import dev.memfuse.config.schema.DatabaseUrl;

/// Asks PostgreSQL's driver whether it can read an address. Opens no connection.
public final class DriverSupport {
    private DriverSupport() {}

    /// Returns the problem of an address, a sentence with a remedy and without a secret; empty when the driver reads
    /// it.
    public static Optional<String> problem(String url) {
        return DatabaseUrl.problem(url).or(() -> refused(url));
    }

    private static Optional<String> refused(String url) {
        try {
            DriverManager.getDriver(url);
            return Optional.empty();
        } catch (SQLException | RuntimeException e) {
            // The driver throws exceptions of several kinds for parameters that it cannot read.
            return Optional.of(DatabaseUrl.unreadable(url));
        }
    }
}
