package dev.memfuse.config.section;

import java.time.Duration;

/// Section `postgres`.
///
/// @param url JDBC URL of an external server, or empty for the embedded one; never holds a password
/// @param manager connection manager that leases connections
/// @param poolSize number of idle connections kept open (HikariCP `minimumIdle`), 1..1000
/// @param maxOverflow number of connections beyond `poolSize` under load, 0..1000; the pool's limit is the sum
/// @param poolTimeout maximum wait for a connection, 0.25 s..10 min
/// @param poolRecycle age at which a connection is replaced, 30 s..24 h
/// @param connectionTimeout maximum time to open a connection, 1 s..10 min
/// @param keepalivesIdle idle time after which a connection is probed, 30 s..2 h
/// @param readFrom server that answers reads of a user
public record PostgresConfig(String url, ConnectionManagerKind manager, int poolSize, int maxOverflow,
        Duration poolTimeout, Duration poolRecycle, Duration connectionTimeout, Duration keepalivesIdle,
        ReadFrom readFrom) {

    /// Returns the pool's limit, `pool_size + max_overflow`.
    public int maximumPoolSize() {
        return poolSize + maxOverflow;
    }

    /// Returns the settings with another maximum wait for a connection.
    public PostgresConfig withPoolTimeout(Duration timeout) {
        return new PostgresConfig(url, manager, poolSize, maxOverflow, timeout, poolRecycle, connectionTimeout,
                keepalivesIdle, readFrom);
    }
}
