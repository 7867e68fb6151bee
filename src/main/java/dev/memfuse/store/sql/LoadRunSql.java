package dev.memfuse.store.sql;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import dev.memfuse.engine.spi.LoadRunStore;
import dev.memfuse.store.pool.Database;

/// The leases of running loads. They are times of the database's clock alone. None is longer than 15 minutes: a later
/// end shows that the clock was set back, and counts as passed.
///
/// The table has no users, so the statements name no other table: on Citus it is a reference table.
public final class LoadRunSql implements LoadRunStore {
    private static final String HOLD = "INSERT INTO load_runs (run, expires_at) "
            + "VALUES (?, now() + ? * interval '1 millisecond') "
            + "ON CONFLICT (run) DO UPDATE SET expires_at = excluded.expires_at";
    private static final String END = "DELETE FROM load_runs WHERE run = ?";
    private static final String END_ALL = "DELETE FROM load_runs";
    private static final String RUNNING = "SELECT run FROM load_runs "
            + "WHERE expires_at > now() AND expires_at <= now() + interval '15 minutes'";
    private static final String REMOVE_EXPIRED = "DELETE FROM load_runs "
            + "WHERE expires_at <= now() OR expires_at > now() + interval '15 minutes'";

    private final Database database;

    public LoadRunSql(Database database) {
        this.database = database;
    }

    @Override
    public void hold(String run, Duration lease) {
        database.withConnection("renew the lease of a load",
                connection -> Statements.update(connection, HOLD, run, lease.toMillis()));
    }

    @Override
    public void end(String run) {
        database.withConnection("end the lease of a load", connection -> Statements.update(connection, END, run)
                + Statements.update(connection, REMOVE_EXPIRED));
    }

    /// Ends every lease: for a database that this program alone uses, so that each is of a program that was killed.
    public void endAll() {
        database.withConnection("end the leases of killed programs",
                connection -> Statements.update(connection, END_ALL));
    }

    @Override
    public Set<String> running() {
        return database.withConnection("list the running loads",
                connection -> new HashSet<>(Statements.query(connection, row -> row.getString(1), RUNNING)));
    }
}
