package dev.memfuse.config.section;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
/// @param readOnly whether the program only reads the database: it changes neither schema nor data
/// @param server settings of the embedded server by their names in PostgreSQL, sorted; the others have the defaults of
///     the program, and so has one that is empty
public record PostgresConfig(String url, ConnectionManagerKind manager, int poolSize, int maxOverflow,
        Duration poolTimeout, Duration poolRecycle, Duration connectionTimeout, Duration keepalivesIdle,
        ReadFrom readFrom, boolean readOnly, Map<String, String> server) {

    public PostgresConfig {
        var set = new TreeMap<>(server);
        set.values().removeIf(String::isEmpty);
        server = Collections.unmodifiableMap(set);
    }

    /// Returns the pool's limit, `pool_size + max_overflow`.
    public int maximumPoolSize() {
        return poolSize + maxOverflow;
    }

    /// Returns the settings with another maximum wait for a connection.
    public PostgresConfig withPoolTimeout(Duration timeout) {
        return new PostgresConfig(url, manager, poolSize, maxOverflow, timeout, poolRecycle, connectionTimeout,
                keepalivesIdle, readFrom, readOnly, server);
    }
}
