package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work on leased connections and times it: the wait for a connection as stage `acquire`, the rest as stage `sql`.
///
/// Thread-safe. No connection leaves a callback, and no [SQLException] leaves this class.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final int PROBE_SECONDS = 2;

    private final DatabaseTarget target;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final PoolRegistry pools;
    private final ConnectionManager optimized;
    private final LegacyConnectionManager legacy;
    private final Tunables.Subscription subscription;
    private final Transaction transaction = new Transaction(this::evict);
    /// Connections in use, with the start of their lease in nanoseconds.
    private final Map<Connection, Long> leases = new ConcurrentHashMap<>();

    /// Work on a connection.
    ///
    /// @param <T> its result
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Creates a database without opening a connection; the pool opens at first use.
    public Database(DatabaseTarget target, Tunables tunables, MetricsHub metrics) {
        this.target = target;
        this.tunables = tunables;
        this.metrics = metrics;
        ServerConnections connections = new ServerConnections(target, () -> tunables.get().postgres());
        this.pools = new PoolRegistry(settings -> {
            ConnectionPool pool = new ConnectionPool("memfuse", connections, settings);
            metrics.poolGauges(pool);
            return pool;
        });
        this.optimized = new OptimizedConnectionManager(pools);
        this.legacy = new LegacyConnectionManager(pools, Map.copyOf(System.getenv()));
        this.subscription = tunables.onChange(change -> applySettings(change.after()));
    }

    private void applySettings(MemFuseConfig config) {
        ConnectionPool pool = pools.existing(target.url());
        if (pool != null) {
            pool.apply(config.postgres());
        }
    }

    /// Runs work on a connection in autocommit mode, for a single statement.
    ///
    /// @param action completes the sentence "Could not …"
    public <T> T withConnection(String action, Work<T> work) {
        return lease(action, work);
    }

    /// Runs work in one transaction, which any [Throwable] of the work rolls back. Repeats it when PostgreSQL aborted it
    /// for a conflict, at most 3 attempts.
    ///
    /// @param action completes the sentence "Could not …"
    public <T> T inTransaction(String action, Work<T> work) {
        return lease(action, connection -> transaction.run(connection, work));
    }

    private <T> T lease(String action, Work<T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return leaseOnce(work);
            } catch (SQLException e) {
                if (attempt == MAX_ATTEMPTS || !isConflict(e)) {
                    throw ConnectionFailures.is(e)
                            ? new StorageUnavailableException("Could not " + action + ": " + e.getMessage(),
                                    describePool(), e)
                            : new StoreException(action, e, describePool());
                }
            }
        }
    }

    /// Returns whether a failure is a serialization failure or a deadlock, which a repetition may not meet again.
    private static boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private <T> T leaseOnce(Work<T> work) throws SQLException {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.ACQUIRE);
        long requested = System.nanoTime();
        try (Connection connection = acquire(requested)) {
            long leased = System.nanoTime();
            try {
                trace.enter(Stage.SQL);
                leases.put(connection, leased);
                return work.run(connection);
            } catch (Error e) {
                // It may have interrupted the driver in the middle of a reply, which the next user would read.
                evict(connection);
                throw e;
            } finally {
                leases.remove(connection);
                metrics.leased(leased - requested, System.nanoTime() - leased);
            }
        } finally {
            trace.exit(outer);
        }
    }

    private Connection acquire(long requested) throws SQLException {
        PostgresConfig settings = tunables.get().postgres();
        ConnectionManager manager = settings.manager() == ConnectionManagerKind.LEGACY ? legacy : optimized;
        try {
            return manager.acquire(target.url(), settings, this);
        } catch (SQLTransientConnectionException e) {
            metrics.leaseTimedOut(System.nanoTime() - requested);
            throw e;
        }
    }

    /// Returns whether the server answers a new connection. Takes at most about two seconds.
    public boolean reachable() {
        PGSimpleDataSource source = target.connections("memfuse-health");
        source.setConnectTimeout(PROBE_SECONDS);
        source.setLoginTimeout(PROBE_SECONDS);
        source.setSocketTimeout(PROBE_SECONDS);
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            LOG.debug("Database: no answer: {}", e.getMessage());
            return false;
        }
    }

    /// Aborts the connections that have been leased for longer than two seconds; their callers get an error.
    public void abandonStalled() {
        long now = System.nanoTime();
        leases.forEach((connection, since) -> {
            if (now - since > TimeUnit.SECONDS.toNanos(PROBE_SECONDS)) {
                abort(connection);
            }
        });
    }

    /// Closes a connection in use, so that it does not return to the pool.
    private void evict(Connection connection) {
        ConnectionPool pool = pools.existing(target.url());
        if (pool == null || !pool.evict(connection)) {
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("Database: a stalled connection could not be aborted: {}", e.getMessage());
        }
    }

    private String describePool() {
        ConnectionPool pool = pools.existing(target.url());
        return pool == null ? "no pool yet" : pool.describe();
    }

    /// Returns the pool, for tests of the effects of settings.
    ConnectionPool pool() {
        return pools.get(target.url(), tunables.get().postgres());
    }

    /// Returns the address of the database.
    public DatabaseTarget target() {
        return target;
    }

    LegacyConnectionManager legacyManager() {
        return legacy;
    }

    /// Returns whether queries are consolidated; callers read it once per request.
    public boolean consolidated() {
        return tunables.get().queries().consolidated();
    }

    /// Closes the pools. Work in progress fails.
    @Override
    public void close() {
        subscription.close();
        pools.close();
    }
}
