package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.host.ServerView.Counter;
import dev.memfuse.engine.host.ServerView.Counters;

/// Reads the counters of a server from the views of its version, PostgreSQL 15 or later.
final class ServerCounters {
    /// Transactions, blocks, temporary bytes and deadlocks of this database.
    static final Group DATABASE = new Group("Transactions and blocks",
            """
            SELECT xact_commit, xact_rollback, blks_hit, blks_read, temp_bytes, deadlocks
            FROM pg_stat_database WHERE datname = current_database()""",
            List.of(Counter.COMMITS, Counter.ROLLBACKS, Counter.BLOCKS_HIT, Counter.BLOCKS_READ,
                    Counter.TEMPORARY_BYTES, Counter.DEADLOCKS));
    /// Position of the write-ahead log of the server, in bytes.
    static final Group WAL = new Group("Write-ahead log",
            "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint", List.of(Counter.WAL_BYTES));
    private static final int IO_VIEW = 160_000;
    private static final int CHECKPOINTER_VIEW = 170_000;
    private static final int IO_BYTES = 180_000;

    private ServerCounters() {}

    /// Counters that one statement reads.
    ///
    /// @param title beginning of a sentence about them
    /// @param sql returns one row with a column for each counter
    record Group(String title, String sql, List<Counter> counters) {

        Map<Counter, Long> read(Statement statement) throws SQLException {
            Map<Counter, Long> values = new EnumMap<>(Counter.class);
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                for (int i = 0; i < counters.size(); i++) {
                    values.put(counters.get(i), row.getLong(i + 1));
                }
            }
            return values;
        }
    }

    /// Returns the group of the checkpoints of the server.
    static Group checkpoints(int version) {
        return new Group("Checkpoints", version >= CHECKPOINTER_VIEW
                ? "SELECT num_timed, num_requested FROM pg_stat_checkpointer"
                : "SELECT checkpoints_timed, checkpoints_req FROM pg_stat_bgwriter",
                List.of(Counter.CHECKPOINTS_TIMED, Counter.CHECKPOINTS_REQUESTED));
    }

    /// Returns the group of the blocks that the server wrote to files of tables and indexes.
    static Group written(int version) {
        String bytes = version >= IO_BYTES ? "write_bytes" : "writes * op_bytes";
        return new Group("Blocks written", version >= IO_VIEW
                ? "SELECT coalesce(sum(" + bytes + "), 0)::bigint / current_setting('block_size')::bigint "
                        + "FROM pg_stat_io WHERE object = 'relation'"
                : "SELECT buffers_checkpoint + buffers_clean + buffers_backend FROM pg_stat_bgwriter",
                List.of(Counter.BLOCKS_WRITTEN));
    }

    /// Reads all counters. Those that the server refuses to this role, or that a standby does not have, are left out.
    ///
    /// @param connection commits after each statement, so that a refused one does not end the others
    static Counters read(Connection connection) throws SQLException {
        Map<Counter, Long> values = new EnumMap<>(Counter.class);
        StringBuilder problem = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            int version = version(statement);
            long nanos = System.nanoTime();
            for (Group group : List.of(DATABASE, WAL, checkpoints(version), written(version))) {
                try {
                    values.putAll(group.read(statement));
                } catch (SQLException e) {
                    if (connection.isClosed()) {
                        throw e;
                    }
                    problem.append(problem.isEmpty() ? "" : " ").append(group.title())
                            .append(" cannot be read: ").append(reason(e)).append('.');
                }
            }
            return new Counters(nanos, values, problem.toString());
        }
    }

    /// Returns the first line of the server's message, without its severity and full stop.
    private static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^\\p{L}+: ", "")
                .replaceFirst("\\.$", "");
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int")) {
            row.next();
            return row.getInt(1);
        }
    }
}
