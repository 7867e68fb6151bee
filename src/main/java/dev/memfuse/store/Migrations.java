package dev.memfuse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import dev.memfuse.config.schema.DatabaseUrl;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.ConflictRetry;
import dev.memfuse.store.pool.DatabaseEncoding;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.ForeignTables;
import dev.memfuse.store.pool.Pooler;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Migrates the schema to the version of this program.
public final class Migrations {
    /// The lock belongs to the session, not to a transaction, so that Flyway's second connection never waits for its
    /// first where both share one session (ADR 0012).
    private static final Map<String, String> SETTINGS = Map.of("flyway.postgresql.transactional.lock", "false");

    /// End of the sentence that a database which is only read lacks something.
    public static final String UNCHANGED = ", and read-only changes nothing. Open it once for writing, which brings it "
            + "up to date.";

    /// Version of the schema that this program makes.
    public static final int LATEST = 21;

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    /// Applies pending migrations. Blocks; programs that start at the same time run it one after the other.
    ///
    /// @throws EngineException when the database has another encoding than UTF8 or holds tables of another
    ///     application, or a migration fails
    public static void apply(DatabaseTarget target) {
        requireUsable(target);
        apply(target, "db/migration", "flyway_schema_history");
    }

    /// Returns why a database cannot be read as it is, with the remedy: its schema is older than this program, or it
    /// has none. Changes nothing.
    public static Optional<String> pending(DatabaseTarget target) {
        requireUsable(target);
        return pending(target, "db/migration", "flyway_schema_history", "The schema of this database is");
    }

    /// Returns why searches cannot run inside a database as it is, with the remedy. Changes nothing.
    public static Optional<String> pendingSearch(DatabaseTarget target) {
        return pending(target, "db/search", "flyway_search_history", "The columns for searches in this database are");
    }

    private static Optional<String> pending(DatabaseTarget target, String folder, String history, String subject) {
        try {
            MigrationInfoService state = flyway(target.connections("memfuse-migrations"), folder, history).info();
            boolean missing = state.applied().length == 0;
            return state.pending().length == 0
                    ? Optional.empty()
                    : Optional.of(subject + (missing ? " missing" : " older than this program") + UNCHANGED);
        } catch (FlywayException e) {
            throw new EngineException("The schema of the database could not be read: "
                    + firstLine(String.valueOf(e.getMessage())), DatabaseUrl.display(target.url()), e);
        }
    }

    /// Refuses a database before anything is written to it.
    private static void requireUsable(DatabaseTarget target) {
        try (Connection connection = target.connections("memfuse-migrations").getConnection()) {
            DatabaseEncoding.problem(connection).ifPresent(Migrations::refuse);
            ForeignTables.problem(connection).ifPresent(Migrations::refuse);
        } catch (SQLException e) {
            // The migration meets the same failure and describes it.
            LOG.debug("Schema: the database could not be examined: {}", e.getMessage());
        }
    }

    private static void refuse(String problem) {
        throw new EngineException(problem);
    }

    /// Applies the additional migrations for ranking in the database, which have a separate history. The first time it
    /// rewrites the tables and locks them for that time: first `messages`, as each statement and transaction does that
    /// uses several of them.
    ///
    /// @throws EngineException when a migration fails
    public static void applySearch(DatabaseTarget target) {
        apply(target, "db/search", "flyway_search_history");
    }

    private static void apply(DatabaseTarget target, String folder, String history) {
        PGSimpleDataSource source = target.connections("memfuse-migrations");
        try (Connection connection = source.getConnection()) {
            boolean pooled = Pooler.isBetween(connection);
            // Statements of another process may lock the tables in another order.
            MigrateResult result = ConflictRetry.run(() -> pooled
                    ? migratePinned(source, folder, history)
                    : migrate(source, folder, history));
            if (result.migrationsExecuted > 0) {
                LOG.info("Schema: {} migrations applied, {} is at version {}", result.migrationsExecuted, history,
                        result.targetSchemaVersion);
            } else {
                LOG.info("Schema: {} is up to date", history);
            }
        } catch (SQLException | FlywayException e) {
            throw new EngineException(
                    "The database's schema could not be brought to this version: "
                            + firstLine(String.valueOf(e.getMessage())),
                    DatabaseUrl.display(target.url()), e);
        }
    }

    /// A lock of the session and its settings would reach one transaction only.
    private static MigrateResult migratePinned(PGSimpleDataSource source, String folder, String history)
            throws SQLException {
        source.setPrepareThreshold(0);
        try (PinnedConnection pinned = new PinnedConnection(source.getConnection())) {
            MigrateResult result = migrate(pinned, folder, history);
            pinned.commit();
            return result;
        }
    }

    private static MigrateResult migrate(DataSource source, String folder, String history) throws SQLException {
        try {
            return migrateOnce(source, folder, history);
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException conflict && ConflictRetry.mayRepeat(conflict)) {
                    throw conflict;
                }
            }
            throw e;
        }
    }

    private static MigrateResult migrateOnce(DataSource source, String folder, String history) {
        return flyway(source, folder, history).migrate();
    }

    private static Flyway flyway(DataSource source, String folder, String history) {
        return Flyway.configure().configuration(SETTINGS).dataSource(source).locations("classpath:" + folder)
                .table(history).baselineOnMigrate(!folder.equals("db/migration")).baselineVersion("0")
                .connectRetries(0).load();
    }

    private static String firstLine(String message) {
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
