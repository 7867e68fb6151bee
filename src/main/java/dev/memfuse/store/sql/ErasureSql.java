package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.CurrentMessages;
import dev.memfuse.engine.spi.MessageStore;
import dev.memfuse.store.pool.Database;

/// Reads and advances the time of a user's last deletion.
public final class ErasureSql implements ErasureStore {
    /// The time as a number, from the columns of a user.
    static final String TIME = "coalesce((extract(epoch FROM erased_at) * 1000000)::bigint, "
            + ErasureStore.NEVER + ")";
    private static final String OF_USER = "SELECT " + TIME + " FROM users WHERE user_id = ?";
    /// Read by a statement of its own, since Citus refuses the time of the clock in an UPDATE.
    private static final String NEXT = "SELECT (extract(epoch FROM greatest(clock_timestamp(), "
            + "erased_at + interval '1 microsecond')) * 1000000)::bigint FROM users WHERE user_id = ? "
            + "FOR NO KEY UPDATE";
    static final String ADVANCE = "UPDATE users SET facts_revision = facts_revision + 1, erased_at = ? "
            + "WHERE user_id = ?";
    /// One row without a message when the user has none of them.
    static final String CURRENT = "SELECT " + TIME
            + " AS erased, m.message_id, m.user_id, m.session_id, m.round_id, m.sequence, m.role, m.content, "
            + "m.created_at, m.edited_at FROM users u LEFT JOIN messages m ON m.user_id = u.user_id AND m.user_id = ? "
            + "AND m.message_id = ANY (?) WHERE u.user_id = ?";

    private final Database database;
    private final MessageStore messages;

    /// @param messages reads messages one by one, as the legacy engine does
    public ErasureSql(Database database, MessageStore messages) {
        this.database = database;
        this.messages = messages;
    }

    @Override
    public long erased(UUID userId) {
        return database.withConnection("read the last deletion", connection -> erased(connection, userId));
    }

    static long erased(Connection connection, UUID userId) throws SQLException {
        return only(Statements.query(connection, row -> row.getLong(1), OF_USER, userId));
    }

    private static long only(List<Long> times) {
        return times.isEmpty() ? ErasureStore.NO_USER : times.getFirst();
    }

    /// Locks a user and returns the time of its last deletion.
    static long lock(Connection connection, UUID userId) throws SQLException {
        return only(Statements.query(connection, row -> row.getLong(1), OF_USER + " FOR NO KEY UPDATE", userId));
    }

    /// Advances the time of a user's last deletion, and the revision of its facts, and returns the time.
    static long advance(Connection connection, UUID userId) throws SQLException {
        long next = only(Statements.query(connection, row -> row.getLong(1), NEXT, userId));
        Statements.update(connection, ADVANCE, Instant.EPOCH.plus(next, ChronoUnit.MICROS), userId);
        return next;
    }

    /// Returns messages by id and the time of the user's last deletion: in one statement when queries are consolidated,
    /// otherwise one by one as the legacy engine does.
    @Override
    public CurrentMessages readCurrent(UUID userId, Collection<UUID> ids) {
        if (!database.consolidated()) {
            long erased = erased(userId);
            return new CurrentMessages(messages.read(userId, ids), erased);
        }
        return database.withConnection("read messages", connection -> {
            try (PreparedStatement statement = Statements.bind(connection, CURRENT, userId,
                    Statements.uuidArray(connection, ids), userId)) {
                List<Message> found = new ArrayList<>();
                AtomicLong erased = new AtomicLong(ErasureStore.NO_USER);
                Statements.forEach(statement, row -> {
                    erased.setPlain(row.getLong("erased"));
                    RowMappers.optionalMessage(row).ifPresent(found::add);
                });
                return new CurrentMessages(found, erased.getPlain());
            }
        });
    }

    @Override
    public Map<UUID, Long> since(long time) {
        return database.withConnection("read the deletions of all users", connection -> {
            Map<UUID, Long> found = new HashMap<>();
            Statements.query(connection, row -> found.put(RowMappers.uuid(row, "user_id"), row.getLong("erased")),
                    "SELECT user_id, " + TIME + " AS erased FROM users WHERE erased_at >= "
                            + "to_timestamp(0) + ? * interval '1 microsecond'",
                    time);
            found.keySet().forEach(database::wrote);
            return found;
        });
    }

    @Override
    public Set<UUID> existing(Collection<UUID> userIds) {
        return database.withConnection("find users",
                connection -> new HashSet<>(Statements.query(connection, row -> RowMappers.uuid(row, "user_id"),
                        "SELECT user_id FROM users WHERE user_id = ANY (?)",
                        Statements.uuidArray(connection, userIds))));
    }

    @Override
    public Set<SessionKey> existingSessions(Collection<SessionKey> sessions) {
        return database.withConnection("find sessions",
                connection -> new HashSet<>(Statements.query(connection,
                        row -> new SessionKey(RowMappers.uuid(row, "user_id"), RowMappers.uuid(row, "session_id")),
                        "SELECT user_id, session_id FROM sessions JOIN unnest(?::uuid[], ?::uuid[]) "
                                + "AS wanted(user_id, session_id) USING (user_id, session_id)",
                        Statements.uuidArray(connection, sessions.stream().map(SessionKey::userId).toList()),
                        Statements.uuidArray(connection, sessions.stream().map(SessionKey::sessionId).toList()))));
    }
}
