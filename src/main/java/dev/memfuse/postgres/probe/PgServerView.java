package dev.memfuse.postgres.probe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.ServerView;
import dev.memfuse.store.pool.DatabaseTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the server's own views over a connection for each reading, beside the pool: an exhausted pool or a stuck lock
/// is what one wants to see. Thread-safe.
public final class PgServerView implements ServerView {
    private static final Logger LOG = LoggerFactory.getLogger(PgServerView.class);
    private static final String SCHEMA = "memfuse_statistics";
    private static final String SESSIONS = """
                                           SELECT pid, coalesce(usename, ''), coalesce(application_name, ''),
                                             application_name LIKE 'memfuse%',
                                             CASE WHEN backend_type IS NULL THEN 'not visible'
                                               ELSE coalesce(state, '') END,
                                             coalesce(wait_event_type || ': ' || wait_event, ''),
                                             pg_blocking_pids(pid),
                                             coalesce(extract(epoch FROM clock_timestamp()
                                               - xact_start), -1)::float8,
                                             coalesce(extract(epoch FROM clock_timestamp()
                                               - query_start), -1)::float8,
                                             CASE WHEN backend_type IS NULL
                                               THEN format('State and statement of other roles need a right: '
                                                 'GRANT pg_read_all_stats TO %I', current_user)
                                               ELSE left(query, 2000) END
                                           FROM pg_stat_activity
                                           WHERE (backend_type = 'client backend'
                                               OR backend_type IS NULL AND usesysid IS NOT NULL)
                                             AND datname = current_database() AND pid <> pg_backend_pid()
                                           ORDER BY cardinality(pg_blocking_pids(pid)) > 0 DESC,
                                             xact_start NULLS LAST, pid""";
    private static final String LOCKS = """
                                        SELECT w.pid, w.blockers, w.object, w.mode, w.seconds,
                                          CASE WHEN a.backend_type IS NULL THEN w.needed
                                            ELSE left(a.query, 2000) END,
                                          CASE WHEN w.blockers[1] = 0
                                              THEN 'a prepared transaction: see pg_prepared_xacts'
                                            WHEN h.pid IS NULL THEN ''
                                            WHEN h.backend_type IS NULL THEN w.needed
                                            ELSE left(h.query, 2000) END
                                        FROM (SELECT l.pid, pg_blocking_pids(l.pid) AS blockers,
                                            coalesce(l.relation::regclass::text, l.locktype) AS object, l.mode,
                                            coalesce(extract(epoch FROM clock_timestamp() - l.waitstart),
                                              0)::float8 AS seconds,
                                            format('not visible; statements of other roles need a right: '
                                              'GRANT pg_read_all_stats TO %I', current_user) AS needed
                                          FROM pg_locks l WHERE NOT l.granted) w
                                        JOIN pg_stat_activity a ON a.pid = w.pid
                                        LEFT JOIN pg_stat_activity h ON h.pid = w.blockers[1]
                                        WHERE a.datname = current_database()
                                        ORDER BY w.seconds DESC, w.pid""";
    private static final String STATEMENTS = """
                                             SELECT left(s.query, 2000), s.calls, s.total_exec_time,
                                               s.mean_exec_time, s.rows,
                                               CASE WHEN s.shared_blks_hit + s.shared_blks_read = 0 THEN -1
                                                 ELSE s.shared_blks_hit::float8
                                                   / (s.shared_blks_hit + s.shared_blks_read) END
                                             FROM pg_stat_statements s JOIN pg_database d
                                               ON d.oid = s.dbid AND d.datname = current_database()
                                             ORDER BY s.total_exec_time DESC LIMIT 100""";
    private static final String TABLES = """
                                         SELECT c.oid::regclass::text, greatest(c.reltuples, 0)::bigint,
                                           coalesce(s.n_dead_tup, 0),
                                           pg_table_size(c.oid), pg_indexes_size(c.oid)
                                         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                         LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
                                         WHERE c.relkind IN ('r', 'p')
                                           AND n.nspname = ANY (current_schemas(false))
                                         ORDER BY pg_total_relation_size(c.oid) DESC, 1""";
    private static final String SETTINGS = """
                                           SELECT name, current_setting(name), coalesce(unit, ''), category,
                                             concat_ws(' ', short_desc, extra_desc),
                                             CASE WHEN enumvals IS NOT NULL THEN array_to_string(enumvals, ', ')
                                               WHEN vartype = 'bool' THEN 'on, off'
                                               WHEN min_val IS NULL THEN ''
                                               ELSE concat_ws(' ', min_val, 'to', max_val,
                                                 replace(unit, '8kB', 'x 8 kB')) END,
                                             source, context, pending_restart
                                           FROM pg_settings ORDER BY name""";

    private final Supplier<Optional<DatabaseTarget>> inUse;

    /// @param inUse the database in use; empty when there is none
    public PgServerView(Supplier<Optional<DatabaseTarget>> inUse) {
        this.inUse = inUse;
    }

    /// Reads a row.
    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Works on a connection.
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        DatabaseTarget target = inUse.get()
                .orElseThrow(() -> new EngineException("No database is in use: wait for the end of the start."));
        try (Connection connection = PostgresProbe.open(target)) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new EngineException("The server does not answer: " + e.getMessage(), "", e);
        }
    }

    private static <T> List<T> list(Connection connection, String sql, Row<T> each) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(each.read(rows));
            }
        }
        return found;
    }

    private static List<Integer> pids(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((Integer[]) array.getArray());
    }

    @Override
    public List<Session> sessions() {
        return run(connection -> list(connection, SESSIONS,
                row -> new Session(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4),
                        row.getString(5), row.getString(6), pids(row, 7), row.getDouble(8), row.getDouble(9),
                        row.getString(10))));
    }

    @Override
    public List<LockWait> lockWaits() {
        return run(connection -> list(connection, LOCKS,
                row -> new LockWait(row.getInt(1), pids(row, 2), row.getString(3), row.getString(4),
                        row.getDouble(5), row.getString(6), row.getString(7))));
    }

    @Override
    public Statements statements() {
        return run(connection -> {
            List<String> schema = list(connection, "SELECT quote_ident(n.nspname) FROM pg_extension e "
                    + "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'",
                    row -> row.getString(1));
            boolean loaded = list(connection,
                    "SELECT current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%'",
                    row -> row.getBoolean(1)).getFirst();
            if (!loaded) {
                return new Statements(List.of(), "The server does not count statements. Add pg_stat_statements to its "
                        + "setting shared_preload_libraries and restart it.", false);
            }
            if (schema.isEmpty()) {
                return new Statements(List.of(), "The counters of statements are not readable yet.", true);
            }
            try (Statement path = connection.createStatement()) {
                path.execute("SET search_path = " + schema.getFirst());
            }
            return new Statements(list(connection, STATEMENTS,
                    row -> new StatementCount(row.getString(1), row.getLong(2), row.getDouble(3),
                            row.getDouble(4), row.getLong(5), row.getDouble(6))),
                    "", false);
        });
    }

    @Override
    public void countStatements() {
        if (inUse.get().filter(DatabaseTarget::readOnly).isPresent()) {
            throw new ReadOnlyException();
        }
        boolean _ = run(connection -> {
            try (Statement statement = connection.createStatement()) {
                // A schema of its own, so that the tables of the memory stay alone in theirs.
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA
                        + "; CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA " + SCHEMA);
            }
            return true;
        });
        LOG.info("PostgreSQL: the counters of statements are readable now");
    }

    @Override
    public List<TableSize> tables() {
        return run(connection -> list(connection, TABLES, row -> new TableSize(row.getString(1), row.getLong(2),
                row.getLong(3), row.getLong(4), row.getLong(5))));
    }

    @Override
    public Counters counters() {
        return run(ServerCounters::read);
    }

    @Override
    public List<Setting> settings() {
        return run(connection -> list(connection, SETTINGS,
                row -> new Setting(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                        row.getString(5), row.getString(6), row.getString(7), need(row.getString(8)),
                        row.getBoolean(9))));
    }

    private static Need need(String context) {
        return switch (context) {
            case "internal" -> Need.FIXED;
            case "postmaster" -> Need.RESTART;
            case "backend", "superuser-backend" -> Need.CONNECTION;
            default -> Need.RELOAD;
        };
    }

    @Override
    public boolean cancel(int pid) {
        LOG.info("PostgreSQL: a person cancels the statement of session {}", pid);
        return signal("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = ?", pid);
    }

    @Override
    public boolean terminate(int pid) {
        LOG.info("PostgreSQL: a person ends session {}", pid);
        return signal("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ?", pid);
    }

    private boolean signal(String sql, int pid) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, pid);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }
}
