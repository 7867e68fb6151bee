package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.memfuse.engine.host.ServerView.Counter;

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
            Map<Counter, Long> counters = new EnumMap<>(ServerCounters.DATABASE.read(statement));
            counters.putAll(ServerCounters.WAL.read(statement));
            counters.putAll(ServerCounters.checkpoints(facts.versionNumber()).read(statement));
            return new ServerReading(settings, facts.extensions().statements(), facts.login().freeConnections(),
                    databaseBytes(statement), value(counters, Counter.BLOCKS_HIT),
                    value(counters, Counter.BLOCKS_READ), value(counters, Counter.CHECKPOINTS_TIMED),
                    value(counters, Counter.CHECKPOINTS_REQUESTED), value(counters, Counter.WAL_BYTES));
        }
    }

    private static long value(Map<Counter, Long> counters, Counter counter) {
        return Objects.requireNonNull(counters.get(counter));
    }

    private static long databaseBytes(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            row.next();
            return row.getLong(1);
        }
    }
}
