package dev.memfuse.postgres.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DatabaseReport.Property;
import dev.memfuse.store.pool.DatabaseEncoding;

/// Assesses a server: whether the engine can use it, and settings with disadvantages.
///
/// @param facts properties of the server
/// @param readOnly whether the engine is to read only
record ServerAssessment(ServerFacts facts, boolean readOnly) {
    private static final int MIN_MAJOR_VERSION = 15;
    private static final int VERSION_UNIT = 10_000;
    /// Pool size of the included profiles plus a few connections for other programs.
    private static final int MIN_FREE_CONNECTIONS = 35;

    /// Returns the report of a connection test.
    DatabaseReport report() {
        Optional<String> problem = problem();
        return new DatabaseReport(true, problem.isEmpty(),
                problem.orElse("PostgreSQL " + facts.version() + " is ready for MemFuse"
                        + (readOnly ? ", for reading only." : ".")),
                list(), warnings());
    }

    private Optional<String> problem() {
        var settings = facts.login();
        if (facts.versionNumber() / VERSION_UNIT < MIN_MAJOR_VERSION) {
            return Optional.of("PostgreSQL " + facts.version() + " is too old: MemFuse needs version "
                    + MIN_MAJOR_VERSION + " or newer. Upgrade this server or choose another.");
        }
        if (readOnly) {
            return DatabaseEncoding.problem(settings.encoding(), settings.database());
        }
        if (settings.readOnly()) {
            return Optional.of(
                    "This database is read-only (a standby, or set to read only): connect to the primary server, "
                            + "or open it read-only.");
        }
        if (!facts.rights().createTables() && !facts.rights().createSchemas()) {
            return Optional.of("User '" + settings.user() + "' may not create tables in '" + settings.database()
                    + "': have its owner run GRANT CREATE ON DATABASE or GRANT CREATE ON SCHEMA public.");
        }
        return DatabaseEncoding.problem(settings.encoding(), settings.database());
    }

    private List<Property> list() {
        var settings = facts.login();
        String free = settings.freeConnections() < 0 ? "" : " (" + settings.freeConnections() + " free)";
        return List.of(new Property("Version", "PostgreSQL " + facts.version()),
                new Property("Database", settings.database()),
                new Property("User", settings.user()),
                new Property("max_connections", settings.maxConnections() + free),
                new Property("Rights", rights()), new Property("Extension vector", facts.extensions().vector().text()),
                new Property("Extension pg_stat_statements", facts.extensions().statements()),
                new Property("Round trip", facts.roundTripText() + " (median)"),
                new Property("Encoding", settings.encoding()),
                new Property("synchronous_commit", settings.synchronousCommit()),
                new Property("fsync", settings.fsync() ? "on" : "off"));
    }

    private String rights() {
        if (facts.rights().superuser()) {
            return "superuser";
        }
        String tables = facts.rights().createTables() ? "may create tables" : "may not create tables";
        return tables + (facts.rights().createSchemas() ? ", may create schemas" : ", may not create schemas");
    }

    private List<String> warnings() {
        var settings = facts.login();
        var warnings = new ArrayList<String>();
        if (settings.freeConnections() >= 0 && settings.freeConnections() < MIN_FREE_CONNECTIONS) {
            warnings.add(
                    "Only " + settings.freeConnections() + " connections are free: keep pool_size + max_overflow below "
                            + "that, or raise the server's max_connections.");
        }
        if (settings.synchronousCommit().equals("off")) {
            warnings.add("synchronous_commit is off: the last acknowledged messages are lost when the server crashes.");
        }
        if (!settings.fsync()) {
            warnings.add("fsync is off: a crash of the machine can destroy the whole database.");
        }
        facts.extensions().vector().problem()
                .map(problem -> "Searches run in MemFuse and cannot run in this database. " + problem)
                .ifPresent(warnings::add);
        return warnings;
    }
}
