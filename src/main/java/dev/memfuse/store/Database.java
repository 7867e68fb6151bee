package dev.memfuse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;

import dev.memfuse.config.ConnectionManagerKind;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.PostgresConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Leases connections for one method each and times them: the wait as stage `acquire`, the rest as stage `sql`.
///
/// Thread-safe. No connection leaves a callback, and no [SQLException] leaves this class.
public final class Database implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 3;

    private final DatabaseTarget target;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final PoolRegistry pools;
    private final ConnectionManager optimized;
    private final LegacyConnectionManager legacy;
    private final Tunables.Subscription subscription;

    /// Work with a connection.
    ///
    /// @param <T> what it returns
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Opens no connection yet; the pool opens at first use.
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

    /// Runs work on a connection in autocommit: right for a single statement.
    ///
    /// @param what completes the sentence "Could not …"
    <T> T withConnection(String what, Work<T> work) {
        return lease(what, work);
    }

    /// Runs work in one transaction, again from the start when PostgreSQL chose it as the victim of a conflict.
    ///
    /// @param what completes the sentence "Could not …"
    <T> T inTransaction(String what, Work<T> work) {
        return lease(what, connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private <T> T lease(String what, Work<T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return leaseOnce(work);
            } catch (SQLException e) {
                if (attempt == MAX_ATTEMPTS || !isConflict(e)) {
                    throw new StoreException(what, e, describePool());
                }
            }
        }
    }

    /// Serialization failure or deadlock: the whole transaction may simply be run again.
    private static boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private <T> T leaseOnce(Work<T> work) throws SQLException {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.ACQUIRE);
        long asked = System.nanoTime();
        try {
            Connection connection = acquire(asked);
            long got = System.nanoTime();
            trace.enter(Stage.SQL);
            try (connection) {
                return work.run(connection);
            } finally {
                metrics.leased(got - asked, System.nanoTime() - got);
            }
        } finally {
            trace.exit(outer);
        }
    }

    private Connection acquire(long asked) throws SQLException {
        PostgresConfig settings = tunables.get().postgres();
        ConnectionManager manager = settings.manager() == ConnectionManagerKind.LEGACY ? legacy : optimized;
        try {
            return manager.acquire(target.url(), settings, this);
        } catch (SQLTransientConnectionException e) {
            metrics.leaseTimedOut(System.nanoTime() - asked);
            throw e;
        }
    }

    private String describePool() {
        ConnectionPool pool = pools.existing(target.url());
        return pool == null ? "no pool yet" : pool.describe();
    }

    /// The pool, for tests of the settings' effects.
    ConnectionPool pool() {
        return pools.get(target.url(), tunables.get().postgres());
    }

    DatabaseTarget target() {
        return target;
    }

    LegacyConnectionManager legacyManager() {
        return legacy;
    }

    /// Whether queries are consolidated, read once by each caller.
    boolean consolidated() {
        return tunables.get().queries().consolidated();
    }

    /// Closes the pools; running work fails.
    @Override
    public void close() {
        subscription.close();
        pools.close();
    }
}
