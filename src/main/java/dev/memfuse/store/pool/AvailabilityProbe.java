package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks over a new connection whether a database accepts writes. Thread-safe.
final class AvailabilityProbe {
    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityProbe.class);

    private final DatabaseTarget target;
    private final Supplier<Duration> timeout;

    /// @param timeout longest time of the connect and of each answer, read at each probe; whole seconds
    AvailabilityProbe(DatabaseTarget target, Supplier<Duration> timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    /// Returns why the database is away; empty when it accepts writes, and also when it refuses this connection for a
    /// reason of its own, for instance too many connections. Never throws.
    Optional<String> whyAway() {
        int seconds = (int) timeout.get().toSeconds();
        PGSimpleDataSource source = target.connections("memfuse-health");
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds * source.getServerNames().length);
        source.setSocketTimeout(seconds);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool")) {
            return row.next() && row.getBoolean(1)
                    ? Optional.of("the server is read-only: a standby, or set to read only")
                    : Optional.empty();
        } catch (SQLException e) {
            LOG.debug("Database: no answer: {}", e.getMessage());
            return ConnectionFailures.isAway(e) ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
        }
    }
}
