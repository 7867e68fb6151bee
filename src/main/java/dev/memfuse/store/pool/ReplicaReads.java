package dev.memfuse.store.pool;

import static dev.memfuse.metrics.Work.REPLICA_FALLBACKS;
import static dev.memfuse.metrics.Work.REPLICA_READS;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;

import javax.sql.DataSource;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.EndableCall;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.config.section.ReadFrom;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.PoolGauges;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs reads on standbys of an address with several hosts, over a pool of its own. Whatever a standby cannot answer,
/// since it is away, lags or finds nothing, the caller asks the primary server. Thread-safe.
final class ReplicaReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaReads.class);
    static final String POOL = "memfuse-replica";
    private static final String POSITION = "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";
    /// Null on a server that became a primary one.
    private static final String REPLAYED = "SELECT CASE WHEN pg_is_in_recovery() "
            + "THEN (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint END";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int ANSWER_MILLIS = 10_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    /// A server may be promoted while a connection to it is open.
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Optional<DatabaseTarget> target;
    private final Supplier<PostgresConfig> settings;
    private final MetricsHub metrics;
    private final PositionSource primary;
    private final ReadPositions positions = new ReadPositions(System::nanoTime);
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<Connection, HeldConnection> leases = new ConcurrentHashMap<>();
    private final Map<PGConnection, Replayed> replayed = Collections.synchronizedMap(new WeakHashMap<>());
    private @Nullable ConnectionPool pool;
    private volatile long retryAt = System.nanoTime();
    private volatile boolean away;
    private boolean closed;
    private boolean told;

    private record Replayed(long lsn, long checkedAt) {}

    /// The result of a read, which may be null.
    record Answer<T>(T value) {}

    /// Runs a statement on the primary server.
    interface PositionSource {
        long read(Database.Work<Long> work);
    }

    /// @param target the database, of whose servers the standbys are read
    /// @param primary asks the primary server for its position
    ReplicaReads(DatabaseTarget target, Supplier<PostgresConfig> settings, MetricsHub metrics,
            PositionSource primary) {
        this.target = target.replicas();
        this.settings = settings;
        this.metrics = metrics;
        this.primary = primary;
        apply();
    }

    /// Returns whether reads should be tried.
    boolean enabled() {
        return target.isPresent() && settings.get().readFrom() == ReadFrom.REPLICA;
    }

    /// Returns the positions, which writes note.
    ReadPositions positions() {
        return positions;
    }

    /// Runs a read of a user on a standby; empty when the primary server must answer.
    ///
    /// @param action completes the sentence "Could not …"
    <T> Optional<Answer<T>> read(UUID userId, String action, Database.Work<T> work) {
        OptionalLong required = positions.required(userId);
        if (positions.isDue(required.isEmpty())) {
            askPosition();
        }
        Optional<Answer<T>> answer = required.isEmpty() || System.nanoTime() - retryAt < 0
                ? Optional.empty()
                : run(required.getAsLong(), action, work);
        metrics.work().add(answer.isPresent() ? REPLICA_READS : REPLICA_FALLBACKS, 1);
        return answer;
    }

    /// Asks the primary server for its position, unless another read does.
    private void askPosition() {
        if (!asking.tryLock()) {
            return;
        }
        try {
            long askedAt = positions.now();
            positions.add(askedAt, primary.read(connection -> number(connection, POSITION).orElseThrow(
                    () -> new SQLException("the server has no position of its log"))));
        } catch (EngineException e) {
            LOG.debug("Database: the position of the log cannot be read: {}", e.getMessage());
        } finally {
            asking.unlock();
        }
    }

    private static OptionalLong number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long number = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    private TakenConnection take() throws SQLException {
        long requested = System.nanoTime();
        try {
            ConnectionPool current = pool();
            return new TakenConnection(current.take(), current);
        } catch (SQLTransientConnectionException e) {
            metrics.replicaPool().timedOut(System.nanoTime() - requested);
            throw e;
        }
    }

    private <T> Optional<Answer<T>> run(long required, String action, Database.Work<T> work) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.ACQUIRE);
        EndableCall call = EndableCall.current();
        long requested = System.nanoTime();
        try (TakenConnection taken = take()) {
            Connection connection = taken.connection();
            long leased = System.nanoTime();
            boolean entered = false;
            try {
                trace.enter(Stage.SQL);
                leases.put(connection,
                        new HeldConnection(taken.pool(), leased, Thread.currentThread(), action, trace));
                if (!covers(connection, required)) {
                    return Optional.empty();
                }
                entered = call == null || call.enter(() -> HeldConnection.cancel(connection));
                if (!entered) {
                    return Optional.empty();
                }
                Answer<T> answer = new Answer<>(work.run(connection));
                answered();
                return Optional.of(answer);
            } catch (SQLException e) {
                evictFailed(connection, e);
                throw e;
            } finally {
                if (entered && call != null && call.leave()) {
                    evict(connection);
                }
                leases.remove(connection);
                trace.countStatements(metrics.work());
                metrics.replicaPool().leased(leased - requested, System.nanoTime() - leased);
            }
        } catch (SQLException e) {
            failed(e);
            return Optional.empty();
        } catch (EngineException e) {
            // Not found, for instance: another program may have stored it since.
            return Optional.empty();
        } finally {
            trace.exit(outer);
        }
    }

    /// Returns whether the server of a connection has replayed a position. It is asked again after a second, since a
    /// promoted server replays no more.
    private boolean covers(Connection connection, long required) throws SQLException {
        PGConnection physical = connection.unwrap(PGConnection.class);
        Replayed known = replayed.get(physical);
        long now = System.nanoTime();
        if (known != null && known.lsn >= required && now - known.checkedAt < CHECK_NANOS) {
            return true;
        }
        if (known == null) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            if (Pooler.isBetween(connection)) {
                throw new SQLException("a pooler hides the servers behind it", "08004");
            }
        }
        OptionalLong lsn = number(connection, REPLAYED);
        if (lsn.isEmpty()) {
            throw new SQLException("the server became a primary one", "08004");
        }
        replayed.put(physical, new Replayed(lsn.getAsLong(), now));
        return lsn.getAsLong() >= required;
    }

    private synchronized ConnectionPool pool() throws SQLException {
        if (closed || target.isEmpty()) {
            throw new DatabaseAwayException("no replica is in use");
        }
        ConnectionPool existing = pool;
        if (existing == null) {
            CircuitBreaker breaker = new CircuitBreaker();
            existing = new ConnectionPool(POOL,
                    new ServerConnections(target.get(), settings, breaker, metrics.replicaPool()::created),
                    hasty(settings.get()), breaker);
            pool = existing;
            metrics.replicaPool().gauges(existing);
        }
        return existing;
    }

    /// Readers wait for a standby for a short time only.
    private static PostgresConfig hasty(PostgresConfig settings) {
        return settings.poolTimeout().compareTo(LONGEST_WAIT) > 0 ? settings.withPoolTimeout(LONGEST_WAIT) : settings;
    }

    private void answered() {
        if (away) {
            away = false;
            LOG.info("Database: a replica answers reads again");
        }
    }

    private void failed(SQLException e) {
        if (!ConnectionFailures.is(e)) {
            // The primary server says whether the statement is at fault, or the standby, for instance by a conflict
            // with its recovery.
            LOG.debug("Database: a replica refused a read: {}", e.getMessage());
            return;
        }
        retryAt = System.nanoTime() + RETRY_NANOS;
        if (!away) {
            away = true;
            LOG.warn("Database: no replica answers, so the primary server answers reads. {}", e.getMessage());
        }
    }

    private void evictFailed(Connection connection, SQLException e) {
        if (ConnectionFailures.is(e)) {
            evict(connection);
        }
    }

    private void evict(Connection connection) {
        HeldConnection lease = leases.get(connection);
        if (lease != null) {
            boolean _ = lease.pool().evict(connection);
        }
    }

    private void forget() {
        pool = null;
        metrics.replicaPool().gauges(PoolGauges.NONE);
    }

    /// Returns the pool; null while there is none.
    synchronized @Nullable ConnectionPool existing() {
        return pool;
    }

    /// Returns a live view of the leases.
    Map<Connection, HeldConnection> leases() {
        return leases;
    }

    /// Returns a source of connections to one of the standbys.
    ///
    /// @param host host and port, as in the address
    DataSource server(String host) {
        DatabaseTarget all = target.orElseThrow();
        return new DatabaseTarget(all.url().replaceFirst("//[^/]*", "//" + Matcher.quoteReplacement(host)), all.user(),
                all.password(), all.path(), all.readOnly()).connections("memfuse-pool");
    }

    /// Applies changed settings.
    synchronized void apply() {
        boolean wanted = settings.get().readFrom() == ReadFrom.REPLICA;
        if (wanted && target.isEmpty() && !told) {
            LOG.warn("Database: postgres.read_from is replica and has no effect, since postgres.url names no standby. "
                    + "Write it as jdbc:postgresql://a:5432,b:5432/database, without targetServerType");
        }
        told = wanted;
        ConnectionPool existing = pool;
        if (existing != null && enabled()) {
            existing.apply(hasty(settings.get()));
        } else if (existing != null) {
            forget();
            BackgroundThreads.virtual("memfuse-pool-close").start(existing::closeWhenIdle);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.close();
            forget();
        }
    }
}
