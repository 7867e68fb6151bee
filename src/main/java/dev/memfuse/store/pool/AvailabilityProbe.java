package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks over a new connection whether a database accepts writes. Thread-safe.
final class AvailabilityProbe {
    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityProbe.class);

    /// The answer of a session that is idle while its user waits is lost; one that is on its way arrives sooner.
    private static final Duration LOST_ANSWER = Duration.ofSeconds(3);
    /// A question that is on its way to a busy machine arrives sooner.
    private static final Duration LATE_QUESTION = Duration.ofSeconds(1);
    private static final String LOST = """
                                       SELECT s.process
                                       FROM unnest(?::int[], ?::bigint[]) AS s(process, silence)
                                       LEFT JOIN pg_stat_activity a ON a.pid = s.process
                                       WHERE a.pid IS NULL OR a.state LIKE 'idle%'
                                         AND now() - a.state_change > s.silence * interval '1 ms'""";

    private final DatabaseTarget target;
    private final Supplier<Duration> timeout;

    /// @param timeout longest time of the connect and of each answer, read at each probe; whole seconds
    AvailabilityProbe(DatabaseTarget target, Supplier<Duration> timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    /// Returns why the database is away; empty when it accepts writes, or reads where only these are wanted,
    /// and also when it refuses this connection for a reason of its own, for instance too many connections. Never
    /// throws.
    ///
    /// @param stalled connections that have been in use for long
    /// @param lost receives those that the server does not know, and those whose users wait for an idle server: the
    ///        answer does not arrive, or the question did not; the network failed, or the address leads to another
    ///        server now. Where sockets do not tell that, those that sent nothing since their lease began
    Optional<String> whyAway(Map<Connection, StalledLease> stalled, Consumer<Connection> lost) {
        int seconds = (int) timeout.get().toSeconds();
        PGSimpleDataSource source = target.connections("memfuse-health");
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds * source.getServerNames().length);
        source.setSocketTimeout(seconds);
        try (Connection connection = source.getConnection()) {
            if (!target.readOnly() && readOnly(connection)) {
                return Optional.of("the server is read-only: a standby, or set to read only");
            }
            if (!stalled.isEmpty() && !Pooler.isBetween(connection)) {
                lost(connection, stalled, target.tellsWaits()).forEach(lost);
            }
            return Optional.empty();
        } catch (SQLException e) {
            LOG.debug("Database: no answer: {}", e.getMessage());
            return ConnectionFailures.isAway(e) ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
        }
    }

    private static boolean readOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// Returns for how long an idle server of a lost connection is idle; null when only a server that does not know the
    /// connection shows that it is lost, because its user does not wait for it.
    private static @Nullable Long idleMillis(StalledLease lease, boolean tellsWaits) {
        Duration wait = tellsWaits ? lease.waiting().orElse(Duration.ZERO) : LATE_QUESTION;
        if (wait.compareTo(LATE_QUESTION) < 0) {
            return null;
        }
        return (wait.compareTo(LOST_ANSWER) > 0 ? LOST_ANSWER : lease.age()).toMillis();
    }

    private static List<Connection> lost(Connection connection, Map<Connection, StalledLease> stalled,
            boolean tellsWaits) throws SQLException {
        Map<Integer, Connection> byProcess = new HashMap<>();
        Map<Integer, @Nullable Long> silences = new HashMap<>();
        for (Map.Entry<Connection, StalledLease> entry : stalled.entrySet()) {
            int process = entry.getKey().unwrap(PGConnection.class).getBackendPID();
            byProcess.put(process, entry.getKey());
            silences.put(process, idleMillis(entry.getValue(), tellsWaits));
        }
        List<Connection> lost = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOST)) {
            statement.setArray(1, connection.createArrayOf("int4", silences.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("int8", silences.values().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lost.add(Objects.requireNonNull(byProcess.get(rows.getInt(1))));
                    LOG.warn("Database: a connection hangs, and the server does not work for it: it is closed");
                }
            }
        }
        return lost;
    }
}
