package dev.memfuse.config.section;

import java.time.Duration;

/// Section `postgres`.
///
/// @param url JDBC URL of an external server, or empty for the embedded one; never holds a password
/// @param manager which connection manager leases connections
/// @param poolSize connections kept open (HikariCP `minimumIdle`), 1..1000
/// @param maxOverflow connections beyond `poolSize` under load, 0..1000; the pool's limit is the sum
/// @param poolTimeout longest wait for a connection, 0.25 s..10 min
/// @param poolRecycle a connection is replaced after this time, 30 s..24 h
/// @param connectionTimeout longest time to open a connection, 1 s..10 min
/// @param keepalivesIdle an idle connection is probed after this time, 30 s..2 h
public record PostgresConfig(String url, ConnectionManagerKind manager, int poolSize, int maxOverflow,
        Duration poolTimeout, Duration poolRecycle, Duration connectionTimeout, Duration keepalivesIdle) {

    /// The pool's upper limit: `pool_size + max_overflow`.
    public int maximumPoolSize() {
        return poolSize + maxOverflow;
    }
}
