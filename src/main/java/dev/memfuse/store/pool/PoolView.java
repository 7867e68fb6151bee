package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.pool.ConnectionPools;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
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
    /// @param replicas the pool of the standbys
    record Source(Supplier<@Nullable ConnectionPool> pool, Collection<ConnectionPool> replaced,
            Map<Connection, HeldConnection> leases, AcquireGate gate, ReplicaReads replicas) {}

    /// A lease and its server.
    ///
    /// @param server host and port of a standby; empty for the primary server
    private record Seen(Lease lease, String server) {}

    /// The leases of one moment, before their servers are asked.
    private record Copy(Instant at, List<Pool> pools, List<Seen> leases) {}

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
            all.add(pool(current, false, false));
        }
        ConnectionPool standbys = source.replicas().existing();
        if (standbys != null) {
            all.add(pool(standbys, false, true));
        }
        source.replaced().forEach(closing -> all.add(pool(closing, true, false)));
        return all;
    }

    private Pool pool(ConnectionPool pool, boolean closing, boolean standbys) {
        return new Pool(pool.name(), pool.active(), pool.idle(), pool.waiting(), pool.limit(), pool.minimumIdle(),
                pool.connectionTimeout(), source.gate().isClosed() && !closing && !standbys, closing,
                standbys);
    }

    @Override
    public Snapshot snapshot() {
        return joined(copy());
    }

    /// Copies the leases without asking a server.
    private Copy copy() {
        long now = System.nanoTime();
        List<Seen> seen = new ArrayList<>();
        source.leases().forEach((connection, lease) -> seen.add(new Seen(lease(connection, lease, now), "")));
        source.replicas().leases().forEach(
                (connection, lease) -> seen.add(new Seen(lease(connection, lease, now), host(connection))));
        seen.sort(Comparator.comparingLong((Seen one) -> one.lease().heldNanos()).reversed());
        return new Copy(SteadyClock.now(), pools(), seen);
    }

    private static Lease lease(Connection connection, HeldConnection lease, long now) {
        return new Lease(lease.pool().name(), name(lease.user()), lease.user().isVirtual(),
                lease.trace().operationLabel(),
                lease.trace().stageLabel(), lease.action(), now - lease.since(), pid(connection), Optional.empty());
    }

    private static String host(Connection connection) {
        try {
            return connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec().toString();
        } catch (SQLException e) {
            // It was returned in this moment.
            return "";
        }
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

    private Snapshot joined(Copy copy) {
        Map<String, List<Integer>> processes = new TreeMap<>();
        copy.leases().forEach(seen -> processes.computeIfAbsent(seen.server(), _ -> new ArrayList<>())
                .add(seen.lease().backendPid()));
        Map<String, Map<Integer, Backend>> found = new HashMap<>();
        List<String> problems = new ArrayList<>();
        processes.forEach((server, pids) -> {
            try {
                found.put(server, backends(server.isEmpty() ? connections : source.replicas().server(server), pids));
            } catch (SQLException e) {
                problems.add((server.isEmpty() ? "The server" : "The standby " + server)
                        + " does not say what its processes do: " + e.getMessage());
            }
        });
        return new Snapshot(copy.at(), copy.pools(), copy.leases().stream()
                .map(seen -> seen.lease().with(Optional.ofNullable(
                        found.getOrDefault(seen.server(), Map.of()).get(seen.lease().backendPid()))))
                .toList(), String.join(" ", problems));
    }

    private static Map<Integer, Backend> backends(DataSource server, List<Integer> pids) throws SQLException {
        Map<Integer, Backend> found = new HashMap<>();
        try (Connection connection = server.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            try (PreparedStatement statement = connection.prepareStatement(BACKENDS)) {
                statement.setArray(1, connection.createArrayOf("integer", pids.toArray()));
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
        Copy copy = copy();
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
    public void softEvict(String name) {
        Stream.of(source.pool().get(), source.replicas().existing())
                .filter(pool -> pool != null && pool.name().equals(name)).forEach(pool -> {
                    pool.softEvict();
                    LOG.info("Pool: {} replaces its connections, as a person asked", name);
                });
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
