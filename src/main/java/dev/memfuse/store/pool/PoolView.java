package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.pool.ConnectionPools;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pools of a [Database] and the leases that it tracks anyway, joined with the server's view of their backends.
/// Thread-safe.
final class PoolView implements ConnectionPools {
    private static final Logger LOG = LoggerFactory.getLogger(PoolView.class);
    /// Shortest time between two frozen snapshots.
    private static final long FREEZE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ANSWER_MILLIS = 2_000;
    private static final String BACKENDS = "SELECT pid, coalesce(state, ''), "
            + "coalesce(wait_event_type || ': ' || wait_event, ''), left(query, 1000) FROM pg_stat_activity "
            + "WHERE pid = ANY (?)";

    private final Source source;
    private final DataSource connections;
    private final List<Snapshot> frozen = new CopyOnWriteArrayList<>();
    private final AtomicLong frozenAt = new AtomicLong(System.nanoTime() - FREEZE_NANOS);

    /// What is shown.
    ///
    /// @param pool returns the pool in use, null when there is none yet
    /// @param replaced pools that are closing
    /// @param leases live view of the leases
    record Source(Supplier<@Nullable ConnectionPool> pool, Collection<ConnectionPool> replaced,
            Map<Connection, HeldConnection> leases, AcquireGate gate) {}

    /// @param connections opens connections beside the pool
    PoolView(Source source, DataSource connections) {
        this.source = source;
        this.connections = connections;
    }

    @Override
    public List<Pool> pools() {
        List<Pool> all = new ArrayList<>();
        ConnectionPool current = source.pool().get();
        if (current != null) {
            all.add(pool(current, false));
        }
        source.replaced().forEach(closing -> all.add(pool(closing, true)));
        return all;
    }

    private Pool pool(ConnectionPool pool, boolean closing) {
        return new Pool(pool.name(), pool.active(), pool.idle(), pool.waiting(), pool.limit(), pool.minimumIdle(),
                pool.connectionTimeout(), source.gate().isClosed() && !closing, closing);
    }

    @Override
    public Snapshot snapshot() {
        return joined(copy());
    }

    /// Copies the leases without asking the server.
    private Snapshot copy() {
        long now = System.nanoTime();
        List<Lease> leases = new ArrayList<>();
        source.leases().forEach((connection, lease) -> leases.add(new Lease(name(lease.user()),
                lease.user().isVirtual(), lease.trace().operationLabel(), lease.trace().stageLabel(), lease.action(),
                now - lease.since(), pid(connection), Optional.empty())));
        leases.sort(Comparator.comparingLong(Lease::heldNanos).reversed());
        return new Snapshot(SteadyClock.now(), pools(), leases, "");
    }

    private static String name(Thread thread) {
        return thread.getName().isEmpty() ? "thread " + thread.threadId() : thread.getName();
    }

    private static int pid(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            // It was returned in this moment.
            return 0;
        }
    }

    private Snapshot joined(Snapshot snapshot) {
        if (snapshot.leases().isEmpty()) {
            return snapshot;
        }
        try {
            Map<Integer, Backend> backends = backends(snapshot.leases());
            return new Snapshot(snapshot.at(), snapshot.pools(), snapshot.leases().stream()
                    .map(lease -> lease.with(Optional.ofNullable(backends.get(lease.backendPid())))).toList(), "");
        } catch (SQLException e) {
            return new Snapshot(snapshot.at(), snapshot.pools(), snapshot.leases(),
                    "The server does not say what its processes do: " + e.getMessage());
        }
    }

    private Map<Integer, Backend> backends(List<Lease> leases) throws SQLException {
        Map<Integer, Backend> found = new HashMap<>();
        try (Connection connection = connections.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            try (PreparedStatement statement = connection.prepareStatement(BACKENDS)) {
                statement.setArray(1, connection.createArrayOf("integer",
                        leases.stream().map(Lease::backendPid).toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getInt(1),
                                new Backend(rows.getString(2), rows.getString(3), rows.getString(4)));
                    }
                }
            }
        }
        return found;
    }

    /// Keeps the leases of this moment, when a wait for a connection timed out. Copies them on this thread, and asks
    /// the server on another one.
    void freeze() {
        long now = System.nanoTime();
        long last = frozenAt.get();
        if (now - last < FREEZE_NANOS || !frozenAt.compareAndSet(last, now)) {
            return;
        }
        Snapshot copy = copy();
        BackgroundThreads.virtual("memfuse-pool-freeze").start(() -> {
            try {
                frozen.addFirst(joined(copy));
                while (frozen.size() > MAX_FROZEN) {
                    frozen.removeLast();
                }
            } catch (Throwable e) {
                BackgroundHealth.report("memfuse-pool-freeze", e);
            }
        });
    }

    @Override
    public List<Snapshot> frozen() {
        return List.copyOf(frozen);
    }

    @Override
    public void softEvict() {
        ConnectionPool pool = source.pool().get();
        if (pool != null) {
            pool.softEvict();
            LOG.info("Pool: {} replaces its connections, as a person asked", pool.name());
        }
    }

    @Override
    public void suspend() {
        source.gate().close();
        LOG.info("Pool: suspended by a person; requests for a connection wait");
    }

    @Override
    public void resume() {
        source.gate().open();
        LOG.info("Pool: resumed");
    }
}
