package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/// Settings and counters of a server at one moment, for advice and recordings. None of them is a secret.
///
/// @param settings from `pg_settings` by name, sizes in bytes and times in seconds
/// @param statements state of the extension `pg_stat_statements`: `installed`, `available` or `missing`
/// @param connectionsLeft connections that this user can still open; negative when not known
/// @param databaseBytes size of the database
/// @param blocksHit blocks of this database found in the shared buffers
/// @param blocksRead blocks that were not
/// @param checkpointsTimed checkpoints of the server after its time
/// @param checkpointsRequested checkpoints because of the amount of write-ahead log, or by request
/// @param walBytes write-ahead log of the server so far
public record ServerReading(Map<String, String> settings, String statements, int connectionsLeft, long databaseBytes,
        long blocksHit, long blocksRead, long checkpointsTimed, long checkpointsRequested, long walBytes) {
    private static final int CHECKPOINTER_VIEW = 170_000;
    private static final String SETTINGS = """
                                           SELECT name,
                                                  CASE WHEN unit IN ('B', 'kB', '8kB', 'MB', '16MB')
                                                            THEN pg_size_bytes(current_setting(name))::text
                                                       WHEN unit IN ('ms', 's', 'min')
                                                            THEN extract(epoch FROM
                                                                 current_setting(name)::interval)::text
                                                       ELSE current_setting(name) END
                                           FROM pg_settings
                                           WHERE name IN ('server_version', 'shared_buffers', 'max_connections',
                                                 'max_wal_size', 'checkpoint_timeout', 'checkpoint_completion_target',
                                                 'effective_cache_size', 'work_mem', 'maintenance_work_mem',
                                                 'synchronous_commit', 'fsync', 'full_page_writes', 'wal_compression',
                                                 'autovacuum', 'random_page_cost', 'jit', 'wal_buffers', 'wal_level',
                                                 'wal_sync_method', 'min_wal_size', 'commit_delay', 'huge_pages',
                                                 'effective_io_concurrency', 'io_method', 'temp_buffers',
                                                 'shared_preload_libraries', 'default_statistics_target',
                                                 'max_parallel_workers', 'max_parallel_workers_per_gather',
                                                 'default_transaction_isolation', 'track_io_timing', 'plan_cache_mode')
                                           ORDER BY name
                                           """;

    public ServerReading {
        settings = Map.copyOf(settings);
    }

    /// Reads over a connection of its own.
    public static ServerReading read(Connection connection) throws SQLException {
        ServerFacts facts = ServerFacts.read(connection);
        try (Statement statement = connection.createStatement()) {
            Map<String, String> settings = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery(SETTINGS)) {
                while (rows.next()) {
                    settings.put(rows.getString(1), rows.getString(2));
                }
            }
            String checkpoints = facts.versionNumber() >= CHECKPOINTER_VIEW
                    ? "SELECT num_timed, num_requested FROM pg_stat_checkpointer"
                    : "SELECT checkpoints_timed, checkpoints_req FROM pg_stat_bgwriter";
            long[] done = numbers(statement, checkpoints, 2);
            long[] counters = numbers(statement, """
                                                 SELECT pg_database_size(current_database()), blks_hit, blks_read,
                                                        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint
                                                 FROM pg_stat_database WHERE datname = current_database()
                                                 """, 4);
            return new ServerReading(settings, facts.extensions().statements(), facts.login().freeConnections(),
                    counters[0], counters[1], counters[2], done[0], done[1], counters[3]);
        }
    }

    private static long[] numbers(Statement statement, String sql, int columns) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long[] values = new long[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = row.getLong(i + 1);
            }
            return values;
        }
    }
}
