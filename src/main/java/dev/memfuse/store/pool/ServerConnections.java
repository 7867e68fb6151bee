package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import dev.memfuse.config.section.PostgresConfig;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections to one server with the current settings, so that changes of timeouts and keepalives apply to all
/// later connections of a running pool. Thread-safe.
final class ServerConnections extends BasicDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);

    /// Longest connect to one of several hosts, so that a lost one does not hold up the others, and of a probe.
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);
    /// A connect that takes this many times as long as the last one is taken as failed.
    private static final int SLOWER = 4;
    private static final int MILLIS = 1_000;
    private static final String TIMELINE = "SELECT CASE WHEN NOT pg_is_in_recovery() "
            + "THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END";
    private static final String DISTRIBUTED = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')";

    private final DatabaseTarget target;
    private final Supplier<PostgresConfig> settings;
    private final CircuitBreaker breaker;
    private final LongConsumer connected;
    /// Duration of the last successful connect; null before the first.
    private volatile @Nullable Duration lastConnect;
    /// Timeline of the last server that told it; 0 before.
    private volatile long timeline;
    /// Whether a server refused to tell its timeline, as servers with another kind of log do.
    private volatile boolean noTimeline;
    /// Whether a pooler is between this program and the server of the last connection.
    private volatile boolean pooled;
    /// Whether the last connection led to a database with the extension citus.
    private volatile boolean distributed;

    /// @param breaker while it is open no connection is opened
    ServerConnections(DatabaseTarget target, Supplier<PostgresConfig> settings, CircuitBreaker breaker) {
        this(target, settings, breaker, _ -> {});
    }

    /// @param breaker while it is open no connection is opened
    /// @param connected called with the duration of each connect in nanoseconds
    ServerConnections(DatabaseTarget target, Supplier<PostgresConfig> settings, CircuitBreaker breaker,
            LongConsumer connected) {
        this.connected = connected;
        this.target = target;
        this.settings = settings;
        this.breaker = breaker;
    }

    @Override
    public Connection getConnection() throws SQLException {
        breaker.check();
        PostgresConfig now = settings.get();
        PGSimpleDataSource source = target.connections("memfuse-console");
        int hosts = source.getServerNames().length;
        Duration timeout = connectTimeout(now, hosts);
        source.setConnectTimeout(seconds(timeout));
        source.setLoginTimeout(seconds(timeout) * hosts);
        source.setTcpKeepAlive(true);
        long start = System.nanoTime();
        Connection connection = source.getConnection();
        long took = System.nanoTime() - start;
        lastConnect = Duration.ofNanos(took);
        connected.accept(took);
        try {
            // One thread fills a pool. An answer that never comes would keep it waiting, and the pool empty, for ever.
            connection.setNetworkTimeout(Runnable::run, seconds(timeout) * MILLIS);
            prepare(connection, now);
            readTimeline(connection);
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
    }

    /// Sets up a new connection. Behind a pooler statements are not prepared by name and nothing is set for the
    /// session, since the next transaction may have another one.
    private void prepare(Connection connection, PostgresConfig now) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            pooled = Pooler.isBetween(connection);
            if (pooled) {
                connection.unwrap(PGConnection.class).setPrepareThreshold(0);
                statement.execute(DISTRIBUTED);
                readDistributed(statement);
                return;
            }
            // Numbers in full, the default of PostgreSQL, which a role or database may have changed: the driver reads
            // vectors as text. The server probes the client, so that the backend of a lost client ends within minutes
            // rather than hours.
            statement.execute("SET extra_float_digits = 1; SET tcp_keepalives_idle = "
                    + seconds(now.keepalivesIdle()) + "; " + DISTRIBUTED);
            // The results of the two SET have no rows.
            statement.getMoreResults();
            statement.getMoreResults();
            readDistributed(statement);
            if (target.readOnly()) {
                // After the login: a pooler refuses unknown options there.
                statement.execute("SET default_transaction_read_only = on");
            }
        }
    }

    private void readDistributed(Statement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            distributed = row.next() && row.getBoolean(1);
        }
    }

    /// A failover begins a new timeline. The name of a file of the write-ahead log begins with it, and every user may
    /// read that.
    private void readTimeline(Connection connection) {
        if (noTimeline) {
            return;
        }
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(TIMELINE)) {
            if (row.next() && row.getString(1) != null) {
                timeline = Long.parseLong(row.getString(1), 16);
            }
        } catch (SQLException | NumberFormatException e) {
            noTimeline = !(e instanceof SQLException failure && ConnectionFailures.is(failure));
            LOG.debug("Database: the timeline cannot be read: {}", e.getMessage());
        }
    }

    /// Returns the timeline of the server that the last connection led to; 0 when it is unknown.
    long timeline() {
        return timeline;
    }

    /// Returns whether the database is only read.
    boolean readOnly() {
        return target.readOnly();
    }

    /// Returns whether the last connection led to a pooler, where no session belongs to one connection; false before
    /// the first.
    boolean pooled() {
        return pooled;
    }

    /// Returns whether the last connection led to a database with the extension citus; false before the first.
    boolean distributed() {
        return distributed;
    }

    /// Returns the longest connect to one host. Shorter than configured once the usual duration is known or when there
    /// are other hosts: a connect that began before the end of an outage may never be answered.
    private Duration connectTimeout(PostgresConfig now, int hosts) {
        Duration configured = now.connectionTimeout();
        Duration last = lastConnect;
        Duration limit = last == null && hosts == 1
                ? configured
                : max(SHORTEST_TIMEOUT, last == null ? Duration.ZERO : last.multipliedBy(SLOWER));
        return limit.compareTo(configured) < 0 ? limit : configured;
    }

    /// Returns the longest connect and the longest answer of a probe. A shorter one would take a busy machine for a
    /// lost one.
    Duration probeTimeout() {
        Duration last = lastConnect;
        Duration usual = last == null ? Duration.ZERO : last.multipliedBy(SLOWER);
        return Duration.ofSeconds(seconds(max(SHORTEST_TIMEOUT, usual)));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    @Override
    public int getLoginTimeout() {
        return seconds(settings.get().connectionTimeout());
    }
}
