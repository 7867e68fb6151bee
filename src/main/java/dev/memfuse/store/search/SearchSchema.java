package dev.memfuse.store.search;

import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.sql.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the extension and the generated columns that ranking in the database needs, on demand, so that other
/// databases store nothing for it. Thread-safe.
final class SearchSchema {
    private static final Logger LOG = LoggerFactory.getLogger(SearchSchema.class);
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Database database;
    private volatile boolean ready;

    SearchSchema(Database database) {
        this.database = database;
    }

    /// Prepares the database. Calls after a successful one return at once.
    ///
    /// @return the problem that prevents ranking, a sentence; empty without one
    Optional<String> prepare() {
        if (ready) {
            return Optional.empty();
        }
        Optional<String> problem = database.target().readOnly() ? missing() : extension().or(this::columns);
        ready = problem.isEmpty();
        return problem;
    }

    /// Returns what a database that is only read lacks.
    private Optional<String> missing() {
        VectorExtension extension = database.withConnection("look for the extension vector", VectorExtension::read);
        Optional<String> problem = extension.problem();
        if (problem.isEmpty() && extension.installed() == null) {
            return Optional.of("The extension vector is missing in this database, and read-only changes nothing. Open "
                    + "it once for writing, or set retrieval.backend to embedded.");
        }
        return problem.or(() -> Migrations.pendingSearch(database.target()));
    }

    private Optional<String> extension() {
        VectorExtension extension = database.withConnection("look for the extension vector", VectorExtension::read);
        Optional<String> problem = extension.problem();
        return problem.isPresent() || extension.installed() != null ? problem : create();
    }

    /// Creates the extension under a lock, because concurrent attempts would fail.
    private Optional<String> create() {
        try {
            database.inTransaction("create the extension vector", connection -> {
                Statements.query(connection, _ -> true, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                        "CREATE EXTENSION vector");
                return Statements.update(connection, "CREATE EXTENSION IF NOT EXISTS vector");
            });
            return Optional.empty();
        } catch (StoreException e) {
            if (e.sqlState().equals(INSUFFICIENT_PRIVILEGE)) {
                return Optional.of("This user may not create the extension vector: have a superuser run CREATE "
                        + "EXTENSION vector in this database, or set retrieval.backend to embedded.");
            }
            throw e;
        }
    }

    private Optional<String> columns() {
        try {
            LOG.info("Schema: the columns for searches are brought up to date; the first time rewrites tables");
            Migrations.applySearch(database.target());
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(e.getMessage() + " Searches in the database need it: let the owner of the tables start "
                    + "the program once, or set retrieval.backend to embedded.");
        }
    }
}
