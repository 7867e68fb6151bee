package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.metrics.PoolGauges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HikariCP pool whose sizes and timeouts follow the configuration while it runs. Thread-safe.
///
/// The gauges are read from the MXBean, not from HikariCP's metrics, which are cached for a second.
final class ConnectionPool implements PoolGauges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    private final HikariDataSource pool;
    private PostgresConfig applied;

    ConnectionPool(String name, DataSource connections, PostgresConfig settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connections);
        config.setMaximumPoolSize(settings.maximumPoolSize());
        config.setMinimumIdle(settings.poolSize());
        config.setConnectionTimeout(settings.poolTimeout().toMillis());
        config.setMaxLifetime(settings.poolRecycle().toMillis());
        config.setKeepaliveTime(keepalive(settings));
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        // The engine's own start says whether the database answers; the pool must not wait for it a second time.
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
        applied = settings;
        LOG.info("Pool: {} opens, {} to {} connections, a wait of at most {} ms", name, settings.poolSize(),
                settings.maximumPoolSize(), settings.poolTimeout().toMillis());
    }

    /// Makes the settings hold for the running pool. Floor and limit move together, so a fixed-size pool stays one.
    /// What a connection gets when it opens (timeout, keepalive, age) holds for connections opened from now on; the idle
    /// ones are replaced for it.
    synchronized void apply(PostgresConfig settings) {
        if (settings.equals(applied)) {
            return;
        }
        boolean smaller = settings.maximumPoolSize() < applied.maximumPoolSize();
        boolean newConnections = !settings.keepalivesIdle().equals(applied.keepalivesIdle())
                || !settings.poolRecycle().equals(applied.poolRecycle());
        if (smaller) {
            pool.setMinimumIdle(settings.poolSize());
            pool.setMaximumPoolSize(settings.maximumPoolSize());
        } else {
            pool.setMaximumPoolSize(settings.maximumPoolSize());
            pool.setMinimumIdle(settings.poolSize());
        }
        pool.setConnectionTimeout(settings.poolTimeout().toMillis());
        pool.setMaxLifetime(settings.poolRecycle().toMillis());
        pool.setKeepaliveTime(keepalive(settings));
        applied = settings;
        if (smaller || newConnections) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        LOG.info("Pool: {} changed, {} to {} connections, a wait of at most {} ms", pool.getPoolName(),
                settings.poolSize(), settings.maximumPoolSize(), settings.poolTimeout().toMillis());
    }

    /// HikariCP refuses a keepalive that is not shorter than the lifetime; then the lifetime alone replaces connections.
    private static long keepalive(PostgresConfig settings) {
        return settings.keepalivesIdle().compareTo(settings.poolRecycle()) < 0
                ? settings.keepalivesIdle().toMillis()
                : 0;
    }

    /// A connection, after a wait of at most the timeout in force. The data source itself would learn of a changed
    /// timeout only at its next housekeeping, up to 30 s later.
    Connection take() throws SQLException {
        return !pool.isClosed() && pool.getHikariPoolMXBean() instanceof HikariPool running
                ? running.getConnection(pool.getConnectionTimeout())
                : pool.getConnection();
    }

    @Override
    public int active() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getActiveConnections();
    }

    @Override
    public int idle() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getIdleConnections();
    }

    @Override
    public int waiting() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getThreadsAwaitingConnection();
    }

    @Override
    public int limit() {
        return pool.getMaximumPoolSize();
    }

    int minimumIdle() {
        return pool.getMinimumIdle();
    }

    /// Milliseconds a connection may live.
    long maxLifetime() {
        return pool.getMaxLifetime();
    }

    /// Milliseconds a caller waits for a connection.
    long connectionTimeout() {
        return pool.getConnectionTimeout();
    }

    /// The pool's state in words, for errors.
    String describe() {
        return "pool %s: %d active, %d idle, %d waiting, limit %d".formatted(pool.getPoolName(), active(), idle(),
                waiting(), limit());
    }

    @Override
    public void close() {
        pool.close();
        LOG.info("Pool: {} closed", pool.getPoolName());
    }
}
