package dev.memfuse.store.pool;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.metrics.PoolGauges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A HikariCP pool whose sizes and timeouts change with the configuration while it runs. Thread-safe.
///
/// The gauges are read from the MXBean, not from HikariCP's metrics, which are cached for a second.
final class ConnectionPool implements PoolGauges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    /// Longest wait for the answer of an idle connection that is about to be used.
    private static final long MAX_VALIDATION_MILLIS = 2_000;
    /// Shortest time between two replacements of all connections, in which the health check finds a server that is
    /// away.
    private static final long REPLACEMENT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORTEST_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_DRAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// A thread remembers the connections that it used. Strong references would keep a closed pool, and through its
    /// listeners the closed engine, for as long as the thread lives.
    private static final String WEAK_REFERENCES = "com.zaxxer.hikari.useWeakReferences";

    static {
        if (System.getProperty(WEAK_REFERENCES) == null) {
            System.setProperty(WEAK_REFERENCES, "true");
        }
    }

    private final HikariDataSource pool;
    private final CircuitBreaker breaker;
    private PostgresConfig applied;

    private long evictedAt = System.nanoTime() - REPLACEMENT_PAUSE_NANOS;

    /// @param connections opens connections; for a target that is only read, transactions are read-only
    /// @param breaker ends waits for a connection
    ConnectionPool(String name, ServerConnections connections, PostgresConfig settings, CircuitBreaker breaker) {
        this.breaker = breaker;
        HikariConfig config = new HikariConfig();
        config.setPoolName(freeName(name));
        config.setRegisterMbeans(true);
        config.setDataSource(connections);
        config.setReadOnly(connections.readOnly());
        config.setMaximumPoolSize(settings.maximumPoolSize());
        config.setMinimumIdle(settings.poolSize());
        config.setConnectionTimeout(settings.poolTimeout().toMillis());
        config.setValidationTimeout(Math.min(MAX_VALIDATION_MILLIS, settings.poolTimeout().toMillis()));
        config.setMaxLifetime(settings.poolRecycle().toMillis());
        config.setKeepaliveTime(keepalive(settings));
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        // The start of the engine checks the database; the pool must not wait for it a second time.
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
        applied = settings;
        LOG.info("Pool: {} opens, {} to {} connections, a wait of at most {} ms", name, settings.poolSize(),
                settings.maximumPoolSize(), settings.poolTimeout().toMillis());
    }

    /// Returns the name, with a number unless it is the only pool of that name: its MBean needs a name of its own. A
    /// pool that is replaced lives for a while beside its successor.
    private static String freeName(String name) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        String free = name;
        for (int number = 2; !beans.queryNames(beanName(free), null).isEmpty(); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static ObjectName beanName(String pool) {
        try {
            return new ObjectName("com.zaxxer.hikari:type=Pool (" + pool + ")");
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Applies settings to the running pool. Minimum and maximum move together, so a fixed-size pool stays fixed.
    /// Settings of a connection (timeout, keepalive, maximum age) apply to connections opened from now on; idle
    /// connections are replaced.
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

    /// Returns the keepalive interval in milliseconds, 0 for none: HikariCP requires one shorter than the lifetime.
    private static long keepalive(PostgresConfig settings) {
        return settings.keepalivesIdle().compareTo(settings.poolRecycle()) < 0
                ? settings.keepalivesIdle().toMillis()
                : 0;
    }

    /// Returns a connection; waits at most the current timeout. The data source itself would apply a changed timeout
    /// only at its next housekeeping, up to 30 s later.
    ///
    /// @throws DatabaseAwayException at once while the database is known to be away
    Connection take() throws SQLException {
        return breaker.run(() -> {
            try {
                return !pool.isClosed() && pool.getHikariPoolMXBean() instanceof HikariPool running
                        ? running.getConnection(pool.getConnectionTimeout())
                        : pool.getConnection();
            } catch (SQLException e) {
                throw pool.isClosed() ? new SQLTransientConnectionException("the pool is closed", e) : e;
            }
        });
    }

    /// Closes all connections, those in use at their return, unless it was done since a moment: connections that failed
    /// together cause one replacement, which leaves the new connections alone.
    ///
    /// @param moment on the clock of [System#nanoTime]
    synchronized void evictOlderThan(long moment) {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        long now = System.nanoTime();
        if (bean != null && !pool.isClosed() && evictedAt - moment < 0 && now - evictedAt >= REPLACEMENT_PAUSE_NANOS) {
            evictedAt = now;
            LOG.info("Pool: {} replaces its connections, since the server went away or became read-only",
                    pool.getPoolName());
            bean.softEvictConnections();
        }
    }

    /// Closes the pool when its connections in use have returned, at most after a minute. Blocks until then.
    void closeWhenIdle() {
        long begin = System.nanoTime();
        pool.setMinimumIdle(0);
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        if (bean != null) {
            bean.softEvictConnections();
        }
        // A caller that found this pool just before its replacement still asks it for a connection.
        while (!pool.isClosed() && System.nanoTime() - begin < LONGEST_DRAIN_NANOS
                && (System.nanoTime() - begin < SHORTEST_DRAIN_NANOS || active() > 0 || waiting() > 0)) {
            LockSupport.parkNanos(DRAIN_POLL_NANOS);
        }
        close();
    }

    /// Closes a connection in use; its place in the pool is free at once.
    ///
    /// @return false when the pool could not close it
    boolean evict(Connection connection) {
        try {
            pool.evictConnection(connection);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.warn("Pool: a connection in use could not be closed", e);
            return false;
        }
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

    @Override
    public int minimum() {
        return minimumIdle();
    }

    String name() {
        return pool.getPoolName();
    }

    /// Closes idle connections now and connections in use at their return.
    void softEvict() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        if (bean != null) {
            bean.softEvictConnections();
        }
    }

    int minimumIdle() {
        return pool.getMinimumIdle();
    }

    /// Returns the maximum age of a connection in milliseconds.
    long maxLifetime() {
        return pool.getMaxLifetime();
    }

    /// Returns the maximum wait for a connection in milliseconds.
    long connectionTimeout() {
        return pool.getConnectionTimeout();
    }

    /// Returns the state of the pool for error messages.
    String describe() {
        return String.format(Locale.ROOT, "pool %s: %d active, %d idle, %d waiting, limit %d", pool.getPoolName(),
                active(), idle(),
                waiting(), limit());
    }

    @Override
    public void close() {
        pool.close();
        LOG.info("Pool: {} closed", pool.getPoolName());
    }
}
