package dev.memfuse.store.pool;

import static dev.memfuse.metrics.Work.MODEL_LEASES;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.EndableCall;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.spi.Availability;
import dev.memfuse.engine.spi.ReplicaStore;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work on leased connections and times it: the wait for a connection as stage `acquire`, the rest as stage `sql`.
///
/// Thread-safe. No connection leaves a callback, and no [SQLException] leaves this class.
public final class Database implements Availability, ReplicaStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    static final String POOL = "memfuse";
    private static final String QUERY_CANCELED = "57014";
    /// The user whose reads a replica may answer, for the calls of [#reading].
    private static final ScopedValue<UUID> READER = ScopedValue.newInstance();

    private final DatabaseTarget target;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final PoolRegistry pools;
    /// Pools that are closed when their connections in use have returned.
    private final Set<ConnectionPool> replaced = ConcurrentHashMap.newKeySet();
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final ServerConnections connections;
    private final AvailabilityProbe probe;
    private final ConnectionManager optimized;
    private final LegacyConnectionManager legacy;
    private final Tunables.Subscription subscription;
    private final Transaction transaction = new Transaction(this::evict);
    private final Map<Connection, HeldConnection> leases = new ConcurrentHashMap<>();
    private final AcquireGate gate = new AcquireGate();
    private final PoolView view;
    private final ReplicaReads replicas;
    private final AnswerWatch answers = new AnswerWatch();

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
        connections = new ServerConnections(target, () -> tunables.get().postgres(), breaker,
                metrics::connectionCreated);
        this.probe = new AvailabilityProbe(target, connections::probeTimeout);
        this.pools = new PoolRegistry(settings -> {
            ConnectionPool pool = new ConnectionPool(POOL, connections, settings, breaker);
            metrics.poolGauges(pool);
            return pool;
        }, gate);
        this.optimized = new OptimizedConnectionManager(pools);
        this.legacy = new LegacyConnectionManager(pools, Map.copyOf(System.getenv()), metrics.work());
        replicas = new ReplicaReads(target, () -> tunables.get().postgres(), metrics,
                work -> lease("read the position of the log", work));
        view = new PoolView(new PoolView.Source(() -> pools.existing(target.url()), replaced, leases, gate, replicas),
                connections);
        metrics.connectionPools(view);
        this.subscription = tunables.onChange(_ -> applySettings());
    }

    /// Reads the settings under the lock, so that of two changes at once the later one stays in force.
    private synchronized void applySettings() {
        ConnectionPool pool = pools.existing(target.url());
        if (pool != null) {
            pool.apply(tunables.get().postgres());
        }
        replicas.apply();
    }

    /// Runs work on a connection in autocommit mode, for a single statement. Repeats it like [#inTransaction].
    ///
    /// @param action completes the sentence "Could not …"
    public <T> T withConnection(String action, Work<T> work) {
        Optional<ReplicaReads.Answer<T>> answer = READER.isBound()
                ? replicas.read(READER.get(), action, work)
                : Optional.empty();
        return answer.isPresent() ? answer.get().value() : lease(action, single(work));
    }

    @Override
    public <T> T reading(UUID userId, Supplier<T> reads) {
        return replicas.enabled() && !distributed()
                ? ScopedValue.where(READER, userId).call(reads::get)
                : reads.get();
    }

    /// Runs a single statement that writes for a user, like [#withConnection].
    public <T> T write(UUID userId, String action, Work<T> work) {
        try {
            return lease(action, single(work));
        } finally {
            wrote(userId);
        }
    }

    /// Notes that another program wrote for a user, so that later reads have it.
    public void wrote(UUID userId) {
        replicas.positions().wrote(userId);
    }

    /// Runs work in one transaction, which any [Throwable] of the work rolls back. Repeats it when PostgreSQL aborted
    /// it for a conflict, or refused it because the server became read-only, at most 3 attempts. After a failover the
    /// repetition has a new connection, which may lead to the new primary server.
    ///
    /// @param action completes the sentence "Could not …"
    public <T> T inTransaction(String action, Work<T> work) {
        try {
            return transacted(action, work);
        } finally {
            replicas.positions().wroteOthers();
        }
    }

    /// Runs work for one user in one transaction, like [#inTransaction(String, Work)]: reads of other users need not
    /// wait for it.
    public <T> T inTransaction(UUID userId, String action, Work<T> work) {
        try {
            return transacted(action, work);
        } finally {
            wrote(userId);
        }
    }

    private <T> T transacted(String action, Work<T> work) {
        Rehearsal rehearsal = Rehearsal.current();
        return rehearsal == null
                ? lease(action, connection -> transaction.run(connection, work))
                : lease(action, work);
    }

    private <T> T lease(String action, Work<T> work) {
        Rehearsal rehearsal = Rehearsal.current();
        try {
            if (rehearsal != null) {
                return rehearsal.perform(work);
            }
            return ConflictRetry.run(() -> leaseOnce(action, work));
        } catch (SQLException e) {
            throw target.readOnly() && ConnectionFailures.isReadOnly(e)
                    ? new ReadOnlyException("Could not " + action, e)
                    : ConnectionFailures.exception(action, e, describePool());
        }
    }

    /// Returns the work of a single statement; in a read-only transaction where that is needed: behind a pooler no
    /// session can be set to read only.
    private <T> Work<T> single(Work<T> work) {
        return connection -> target.readOnly() && connections.pooled() && Rehearsal.current() == null
                ? transaction.run(connection, work)
                : work.run(connection);
    }

    private <T> T leaseOnce(String action, Work<T> work) throws SQLException {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.ACQUIRE);
        long requested = System.nanoTime();
        EndableCall call = EndableCall.current();
        try (TakenConnection taken = acquire(requested)) {
            Connection connection = taken.connection();
            long leased = System.nanoTime();
            long modelNanos = trace.modelNanos();
            try {
                if (call != null && !call.enter(() -> HeldConnection.cancel(connection))) {
                    throw new SQLException("the caller no longer waits", QUERY_CANCELED);
                }
                trace.enter(Stage.SQL);
                leases.put(connection,
                        new HeldConnection(taken.pool(), leased, Thread.currentThread(), action, trace));
                // A breaker that opened since the wait has not seen this lease.
                breaker.check();
                T result = work.run(connection);
                answers.note(true);
                return result;
            } catch (SQLException e) {
                failed(e, leased, taken.pool());
                throw e;
            } catch (Error e) {
                // It may have interrupted the driver in the middle of a reply, which the next user would read.
                evict(connection);
                throw e;
            } finally {
                if (call != null && call.leave()) {
                    // The server may receive the cancellation later, during another statement.
                    evict(connection);
                }
                leases.remove(connection);
                trace.countStatements(metrics.work());
                if (trace.modelNanos() != modelNanos) {
                    metrics.work().add(MODEL_LEASES, 1);
                }
                metrics.leased(leased - requested, System.nanoTime() - leased);
            }
        } finally {
            trace.exit(outer);
        }
    }

    private void failed(SQLException e, long leased, ConnectionPool pool) {
        if (!ConnectionFailures.isAway(e) || (target.readOnly() && ConnectionFailures.isReadOnly(e))) {
            answers.note(true);
            return;
        }
        answers.note(false);
        // Hikari closes a broken connection only when it fails itself, and never one that became read-only. Those of a
        // pool that replaced this one lead elsewhere.
        pool.evictOlderThan(leased);
    }

    private TakenConnection acquire(long requested) throws SQLException {
        // No pool is opened for a call that fails anyway.
        breaker.check();
        PostgresConfig settings = tunables.get().postgres();
        ConnectionManager manager = settings.manager() == ConnectionManagerKind.LEGACY ? legacy : optimized;
        try {
            gate.pass(settings.poolTimeout());
            return manager.acquire(target.url(), settings, this);
        } catch (DatabaseAwayException e) {
            throw e;
        } catch (SQLTransientConnectionException e) {
            metrics.leaseTimedOut(System.nanoTime() - requested);
            view.freeze();
            throw e;
        }
    }

    /// Returns whether the database should be probed, see [AnswerWatch]. Cheap.
    @Override
    public boolean needsProbe() {
        long now = System.nanoTime();
        return !gate.isHeld() && answers.needProbe(now, oldestLease(now), breaker.longestWait(now));
    }

    private long oldestLease(long now) {
        long oldest = 0;
        for (HeldConnection lease : leases.values()) {
            oldest = Math.max(oldest, now - lease.since());
        }
        return oldest;
    }

    /// Checks over a new connection whether the database accepts writes, and aborts leased connections that its server
    /// does not know any more. Takes at most about two seconds, or four times the duration of the last connect where
    /// that is longer. Never throws.
    ///
    /// @return the reason why the database is away; empty when it is there
    @Override
    public Optional<String> whyAway() {
        long now = System.nanoTime();
        Map<Connection, StalledLease> stalled = new HashMap<>();
        leases.forEach((connection, lease) -> {
            if (now - lease.since() >= AnswerWatch.STALLED_NANOS) {
                stalled.put(connection, new StalledLease(Duration.ofNanos(now - lease.since()),
                        CountedSocket.waitOf(lease.user())));
            }
        });
        Optional<String> reason = probe.whyAway(stalled, Database::abort);
        answers.probed();
        return gate.isHeld() ? Optional.empty() : reason;
    }

    /// Makes running and later calls fail at once, until [#resume]. The pool is replaced, so that no connection to the
    /// lost server remains.
    ///
    /// @param reason completes the sentence "The database is away, since …"
    @Override
    public void suspend(String reason) {
        breaker.open(reason);
        leases.keySet().forEach(Database::abort);
        ConnectionPool pool = pools.remove(target.url());
        if (pool != null) {
            // It may wait for a server that does not answer.
            BackgroundThreads.virtual("memfuse-pool-close").start(pool::close);
        }
    }

    /// Lets calls use the database again.
    @Override
    public void resume() {
        answers.note(true);
        breaker.close();
    }

    /// Replaces the pool, so that later calls use new connections, which take another path. Connections in use remain
    /// until their return. HikariCP could replace the connections of a pool as well, but not one that is being opened.
    public void replaceConnections() {
        ConnectionPool pool = pools.remove(target.url());
        if (pool != null) {
            replaced.add(pool);
            BackgroundThreads.virtual("memfuse-pool-close").start(() -> {
                pool.closeWhenIdle();
                replaced.remove(pool);
            });
        }
    }

    /// Runs work during which the server is away on purpose: callers wait for its end as for a free connection, and use
    /// new connections afterwards. Those in use have two seconds to return. The absence is no outage.
    public void whileAway(Runnable work) {
        new PlannedAbsence(gate, leases.keySet(), () -> pools.removeCreated(target.url())).run(work);
        answers.note(true);
    }

    /// Closes a connection in use, so that it does not return to the pool.
    private void evict(Connection connection) {
        HeldConnection lease = leases.get(connection);
        if (lease == null || !lease.pool().evict(connection)) {
            abort(connection);
        }
    }

    static void abort(Connection connection) {
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

    /// Returns the pool after its first use, for tests of the effects of settings.
    ConnectionPool pool() {
        return Objects.requireNonNull(pools.existing(target.url()), "no pool yet");
    }

    /// Returns the address of the database.
    public DatabaseTarget target() {
        return target;
    }

    LegacyConnectionManager legacyManager() {
        return legacy;
    }

    /// Returns whether the database distributes its tables over several servers by Citus; false before the first
    /// connection. Callers read it once per request.
    public boolean distributed() {
        return connections.distributed();
    }

    /// Returns the timeline of the server that the last connection led to: it changes when a standby becomes the
    /// primary server. 0 when it is unknown.
    @Override
    public long timeline() {
        return connections.timeline();
    }

    /// Returns whether queries are consolidated; callers read it once per request.
    public boolean consolidated() {
        return tunables.get().queries().consolidated();
    }

    /// Closes the pools. Work in progress fails.
    @Override
    public void close() {
        subscription.close();
        replicas.close();
        pools.close();
        replaced.forEach(ConnectionPool::close);
    }
}
