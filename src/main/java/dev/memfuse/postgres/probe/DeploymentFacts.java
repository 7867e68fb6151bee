package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.host.DatabaseReport.Property;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.pool.Pooler;

/// How a database is deployed: poolers, standbys, the schema of the program, and the distribution by Citus.
///
/// @param pooler whether a pooler is in between
/// @param transactions false when the pooler gives each statement another connection
/// @param standbys number of standbys that replicate from the server; negative when the user may not know
/// @param synchronous value of `synchronous_standby_names`
/// @param schema version of the program's schema; 0 when there is none yet
/// @param readOnly whether the engine is to read only
/// @param denied names of the program's tables that the user may not read, or not read and write
/// @param owned whether the user owns all of them, and so may migrate them
/// @param citus whether the extension citus is installed
/// @param distributed whether the tables are distributed
record DeploymentFacts(boolean pooler, boolean transactions, int standbys, String synchronous, int schema,
        boolean readOnly, List<String> denied, boolean owned, boolean citus, boolean distributed) {
    private static final String STATEMENT_POOLING = "08P01";
    private static final String STANDBYS = "SELECT CASE WHEN pg_has_role(current_user, 'pg_monitor', 'USAGE') "
            + "OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) "
            + "THEN (SELECT count(*)::int FROM pg_stat_replication) ELSE -1 END, "
            + "current_setting('synchronous_standby_names')";
    private static final String HISTORY = "SELECT to_regclass(quote_ident(current_schema()) || "
            + "'.flyway_schema_history') IS NOT NULL";
    private static final String SCHEMA = "SELECT coalesce(max(version::int), 0) FROM flyway_schema_history "
            + "WHERE success AND version IS NOT NULL";
    private static final String TABLES = "SELECT c.relname, has_table_privilege(c.oid, 'SELECT'), "
            + "has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') "
            + "AND has_table_privilege(c.oid, 'DELETE'), pg_has_role(current_user, c.relowner, 'USAGE') "
            + "FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') "
            + "ORDER BY c.relname";
    private static final String CITUS = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')";
    private static final String DISTRIBUTED = "SELECT EXISTS (SELECT FROM pg_dist_partition "
            + "WHERE logicalrelid = to_regclass('messages'))";

    /// Reads the facts. Changes nothing.
    ///
    /// @param readOnly whether the engine is to read only
    static DeploymentFacts read(Connection connection, boolean readOnly) throws SQLException {
        boolean pooler = Pooler.isBetween(connection);
        boolean transactions = !pooler || keepsTransactions(connection);
        if (!transactions) {
            // The pooler has closed the connection; nothing else of the database counts before this is changed.
            return new DeploymentFacts(true, false, 0, "", 0, readOnly, List.of(), true, false, false);
        }
        try (Statement statement = connection.createStatement()) {
            boolean history = flag(statement, HISTORY);
            List<String> denied = new ArrayList<>();
            boolean owned = true;
            if (history) {
                try (ResultSet row = statement.executeQuery(TABLES)) {
                    while (row.next()) {
                        if (!row.getBoolean(2) || (!readOnly && !row.getBoolean(3))) {
                            denied.add(row.getString(1));
                        }
                        owned &= row.getBoolean(4);
                    }
                }
            }
            int schema = history && !denied.contains("flyway_schema_history") ? number(statement, SCHEMA) : 0;
            boolean citus = flag(statement, CITUS);
            boolean distributed = citus && flag(statement, DISTRIBUTED);
            try (ResultSet row = statement.executeQuery(STANDBYS)) {
                row.next();
                return new DeploymentFacts(pooler, transactions, row.getInt(1), row.getString(2), schema,
                        readOnly, denied,
                        owned, citus, distributed);
            }
        }
    }

    private static boolean keepsTransactions(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            connection.commit();
            return true;
        } catch (SQLException e) {
            if (STATEMENT_POOLING.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean flag(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /// Returns why the engine cannot use the database, with the remedy; empty when it can.
    Optional<String> problem() {
        if (!transactions) {
            return Optional.of("The pooler gives each statement another connection: set pool_mode to transaction or "
                    + "session for this database in PgBouncer.");
        }
        if (readOnly) {
            return unreadable();
        }
        if (!denied.isEmpty()) {
            return Optional.of("This user may not read and write the tables " + String.join(", ", denied)
                    + ": have their owner run GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public "
                    + "TO this user.");
        }
        if (schema > 0 && schema < Migrations.LATEST && !owned) {
            return Optional.of("The schema has version " + schema + " and this program needs " + Migrations.LATEST
                    + ", which only the owner of the tables can make: start the program once as that user.");
        }
        return newer();
    }

    /// Returns why the engine cannot read the database as it is.
    private Optional<String> unreadable() {
        if (!denied.isEmpty()) {
            return Optional.of("This user may not read the tables " + String.join(", ", denied)
                    + ": have their owner run GRANT SELECT ON ALL TABLES IN SCHEMA public TO this user.");
        }
        return schema >= Migrations.LATEST
                ? newer()
                : Optional.of("The schema of this database is "
                        + (schema == 0 ? "missing" : "older than this program") + Migrations.UNCHANGED);
    }

    private Optional<String> newer() {
        return schema > Migrations.LATEST
                ? Optional.of("The schema has version " + schema + " of a newer program, and this one knows "
                        + Migrations.LATEST + ": upgrade this program.")
                : Optional.empty();
    }

    List<Property> properties() {
        if (!transactions) {
            return List.of(new Property("Pooler", "in between, pools statements"));
        }
        return List.of(
                new Property("Schema", schema == 0
                        ? "none yet; the first start makes it"
                        : "version " + schema + (schema < Migrations.LATEST
                                ? "; the next start brings it to " + Migrations.LATEST
                                : "")),
                new Property("Pooler", pooler ? "in between" : "none"),
                new Property("Standbys", standbys < 0 ? "unknown; needs the role pg_monitor" : "" + standbys),
                new Property("synchronous_standby_names", synchronous.isEmpty() ? "not set" : synchronous),
                new Property("Extension citus", !citus
                        ? "not installed"
                        : distributed
                                ? "tables are distributed"
                                : "installed, tables are not distributed"));
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (standbys > 0 && synchronous.isEmpty()) {
            warnings.add("The " + standbys + " standbys replicate asynchronously: a failover can lose acknowledged "
                    + "commits. Set synchronous_standby_names, for instance to 'ANY 1 (*)'.");
        }
        if (citus && !distributed) {
            warnings.add("The tables are on one node. The command 'database distribute' distributes them.");
        }
        return warnings;
    }
}
