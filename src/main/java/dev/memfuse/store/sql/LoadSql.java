package dev.memfuse.store.sql;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.LoadData.DatabaseSize;
import dev.memfuse.engine.LoadData.DatabaseWork;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.LoadData.Size;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.LoadStore;
import dev.memfuse.store.pool.Database;

/// Marks, lists and measures the users that loads made.
public final class LoadSql implements LoadStore {
    private static final String INSERT = "INSERT INTO users (user_id, name, created_at, load_run) VALUES (?, ?, ?, ?)";
    private static final String LIST = "SELECT user_id, name, created_at, load_run FROM users "
            + "WHERE load_run IS NOT NULL ORDER BY created_at, user_id";
    private static final String MARKED_SIZE = "SELECT count(DISTINCT u.user_id) AS users, "
            + "count(m.message_id) AS messages, coalesce(sum(octet_length(m.content)), 0)::bigint AS bytes "
            + "FROM users u LEFT JOIN messages m ON m.user_id = u.user_id WHERE u.load_run IS NOT NULL";
    /// A join with the ids, because a comparison with each of many ids would be slow.
    private static final String MESSAGES_OF_USER = "SELECT count(*) FROM messages m WHERE m.user_id = ? "
            + "AND NOT EXISTS (SELECT FROM unnest(?::uuid[]) AS skipped(id) WHERE skipped.id = m.message_id)";
    /// A table that is distributed by Citus has no size of its own and is counted in parallel.
    private static final String TABLE = "SELECT pg_table_size(c.oid), greatest(c.reltuples, 0)::bigint FROM pg_class c "
            + "WHERE c.oid = 'messages'::regclass";
    private static final String TOTALS = "SELECT (SELECT count(*) FROM users), pg_database_size(current_database())";
    private static final String WORK = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, "
            + "(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END "
            + "- '0/0'::pg_lsn)::bigint";
    private static final long COUNTED_BYTES = 1L << 30;

    private final Database database;

    public LoadSql(Database database) {
        this.database = database;
    }

    @Override
    public void create(User user, String run) {
        database.inTransaction(user.id(), "create user " + user.name(), connection -> {
            DirectorySql.claimName(connection, user.name());
            return Statements.update(connection, INSERT, user.id(), user.name(), user.createdAt(), run);
        });
    }

    @Override
    public List<MarkedUser> users() {
        return database.withConnection("list the users of loads", connection -> Statements.query(connection,
                row -> new MarkedUser(RowMappers.uuid(row, "user_id"), row.getString("name"),
                        row.getString("load_run"), RowMappers.instant(row, "created_at")),
                LIST));
    }

    @Override
    public Size markedSize() {
        return database.withConnection("measure the data of loads", connection -> Statements.query(connection,
                row -> new Size(row.getLong("users"), row.getLong("messages"), row.getLong("bytes")), MARKED_SIZE)
                .getFirst());
    }

    @Override
    public long messageCount(UUID userId, Collection<UUID> except) {
        return database.withConnection("count messages",
                connection -> Statements.query(connection, row -> row.getLong(1), MESSAGES_OF_USER, userId,
                        Statements.uuidArray(connection, except)).getFirst());
    }

    @Override
    public DatabaseSize size() {
        return database.withConnection("measure the database", connection -> {
            long[] table = Statements.query(connection, row -> new long[]{row.getLong(1), row.getLong(2)}, TABLE)
                    .getFirst();
            long messages = table[0] > COUNTED_BYTES
                    ? table[1]
                    : Statements.query(connection, row -> row.getLong(1), "SELECT count(*) FROM messages").getFirst();
            return Statements.query(connection, row -> new DatabaseSize(row.getLong(1), messages, row.getLong(2)),
                    TOTALS).getFirst();
        });
    }

    @Override
    public DatabaseWork work() {
        return database.withConnection("measure the work of the database", connection -> Statements
                .query(connection, row -> new DatabaseWork(row.getLong(1), row.getLong(2)), WORK).getFirst());
    }
}
