package dev.memfuse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.sql.RouterStatements;
import dev.memfuse.store.sql.Statements;

/// Distributes the tables over a cluster of Citus. What is distributed already stays, so a run that was interrupted is
/// repeated.
public final class Distribution {
    /// Tables that are distributed by their user, those that others refer to first.
    static final List<String> BY_USER = List.of("users", "agents", "sessions", "rounds", "messages", "message_vectors",
            "m1_episodic", "m1_episodes", "m2_semantic", "knowledge", "api_keys", "id_aliases", "refused_rounds");
    /// Tables without a user, which every node holds.
    static final List<String> ON_EVERY_NODE = List.of("store_identity", "load_runs", "shared_agents", "server_keys");
    private static final String USER = "user_id";
    private static final String FIRST = BY_USER.getFirst();
    private static final String REFERENCE = "reference";

    private final Connection connection;
    private final Map<String, Placed> placed = new HashMap<>();

    /// @param kind `distributed` or `reference`
    /// @param column column of the distribution
    private record Placed(String kind, String column) {}

    /// What was done, or is left to do.
    ///
    /// @param statements statements that were executed, or would be, in their order
    /// @param problems sentences about what is not as it should be
    /// @param verified number of statements whose plan leads to one shard; 0 for a dry run
    public record Outcome(List<String> statements, List<String> problems, int verified) {}

    private Distribution(Connection connection) {
        this.connection = connection;
    }

    /// Creates the tables, distributes them, removes the copies that remain on the coordinator, and checks the plans of
    /// the statements of requests. Blocks.
    ///
    /// @param dryRun changes nothing
    /// @param progress receives each statement before it runs
    /// @throws EngineException when the database is no coordinator of a cluster, or a statement fails
    public static Outcome run(DatabaseTarget target, boolean dryRun, Consumer<String> progress) {
        try (Connection connection = target.connections("memfuse-distribute").getConnection()) {
            Distribution distribution = new Distribution(connection);
            distribution.requireCoordinator();
            if (!dryRun) {
                Migrations.apply(target);
            }
            return distribution.run(dryRun, progress);
        } catch (SQLException e) {
            throw new EngineException("The tables could not be distributed: " + e.getMessage() + ". Repeat the command "
                    + "when the reason is removed: it continues where it ended.", e.toString(), e);
        }
    }

    private void requireCoordinator() throws SQLException {
        require("SELECT count(*) FROM pg_extension WHERE extname = 'citus'", "The database has no extension citus. On "
                + "the coordinator: CREATE EXTENSION citus, then SELECT citus_add_node(...) for each worker.");
        require("SELECT count(*) FROM pg_dist_local_group WHERE groupid = 0", "This node is a worker. Name the "
                + "coordinator with --db.");
        require("SELECT count(*) FROM pg_dist_node WHERE isactive AND shouldhaveshards", "No node of the cluster holds "
                + "shards. Add workers with SELECT citus_add_node(...); on a single machine let the coordinator hold "
                + "them: SELECT citus_set_coordinator_host('localhost'), then SELECT citus_set_node_property("
                + "'localhost', 5432, 'shouldhaveshards', true).");
    }

    private void require(String count, String sentence) throws SQLException {
        if (Statements.query(connection, row -> row.getLong(1), count).getFirst() == 0) {
            throw new EngineException(sentence);
        }
    }

    private Outcome run(boolean dryRun, Consumer<String> progress) throws SQLException {
        Statements.query(connection, row -> placed.put(row.getString("name"),
                new Placed(row.getString("kind"), String.valueOf(row.getString("by")))),
                "SELECT table_name::text AS name, citus_table_type AS kind, distribution_column AS by "
                        + "FROM citus_tables");
        List<String> problems = misplaced();
        List<String> statements = problems.isEmpty() ? missing() : List.of();
        if (dryRun || !problems.isEmpty()) {
            return new Outcome(statements, problems, 0);
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                progress.accept(sql);
                statement.execute(sql);
            }
        }
        List<String> spanning = RouterStatements.spanning(connection);
        return new Outcome(statements, spanning, RouterStatements.count() - spanning.size());
    }

    private List<String> misplaced() {
        List<String> problems = new ArrayList<>();
        BY_USER.forEach(table -> {
            Placed now = placed.get(table);
            if (now != null && (now.kind().equals(REFERENCE) || !now.column().equals(USER))) {
                problems.add("The table " + table + " is not distributed by user_id. Undo that with SELECT "
                        + "undistribute_table('" + table + "'), and repeat the command.");
            }
        });
        ON_EVERY_NODE.forEach(table -> {
            Placed now = placed.get(table);
            if (now != null && !now.kind().equals(REFERENCE)) {
                problems.add("The table " + table + " is distributed, not on every node. Undo that with SELECT "
                        + "undistribute_table('" + table + "'), and repeat the command.");
            }
        });
        return problems;
    }

    /// Returns the statements that are left. The copies go last: a table can be emptied only when those that refer to
    /// it are distributed.
    private List<String> missing() {
        List<String> statements = new ArrayList<>();
        List<String> emptied = new ArrayList<>();
        for (String table : BY_USER) {
            if (!placed.containsKey(table)) {
                statements.add("SELECT create_distributed_table('" + table + "', '" + USER + "'"
                        + (table.equals(FIRST) ? "" : ", colocate_with => '" + FIRST + "'") + ")");
                emptied.add(table);
            }
        }
        for (String table : ON_EVERY_NODE) {
            if (!placed.containsKey(table)) {
                statements.add("SELECT create_reference_table('" + table + "')");
                emptied.add(table);
            }
        }
        emptied.reversed().forEach(table -> statements
                .add("SELECT truncate_local_data_after_distributing_table('" + table + "')"));
        return statements;
    }
}
