package dev.memfuse.store.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.InspectionStore;
import dev.memfuse.store.pool.Database;

/// Pages through users, sessions and messages by key, so that a page costs the same wherever it begins, and finds the
/// layers of messages.
public final class InspectionSql implements InspectionStore {
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;

    public InspectionSql(Database database) {
        this.database = database;
    }

    @Override
    public List<User> users(String part, Optional<UUID> after, int limit) {
        return database.withConnection("search the users", connection -> Statements.query(connection,
                RowMappers::user,
                "SELECT user_id, name, created_at FROM users WHERE user_id > ? "
                        + "AND position(lower(?) IN lower(name)) > 0 ORDER BY user_id LIMIT ?",
                after.orElse(FIRST), part, limit));
    }

    @Override
    public List<Session> sessions(UUID userId, String part, Optional<UUID> after, int limit) {
        return database.withConnection("search the sessions", connection -> Statements.query(connection,
                RowMappers::session,
                "SELECT user_id, session_id, agent_id, name, created_at FROM sessions WHERE user_id = ? "
                        + "AND session_id > ? AND position(lower(?) IN lower(name)) > 0 ORDER BY session_id LIMIT ?",
                userId, after.orElse(FIRST), part, limit));
    }

    @Override
    public List<Message> messages(SessionKey session, long sequence, Order order, int limit) {
        String condition = order == Order.NEWEST_FIRST
                ? "AND sequence < ? ORDER BY sequence DESC LIMIT ?"
                : "AND sequence > ? ORDER BY sequence LIMIT ?";
        return database.withConnection("page through messages", connection -> Statements.query(connection,
                RowMappers::message,
                "SELECT " + MessageSql.COLUMNS + " FROM messages WHERE user_id = ? AND session_id = ? " + condition,
                session.userId(), session.sessionId(), sequence, limit));
    }

    @Override
    public Map<UUID, MessageLayers> layers(UUID userId, Collection<UUID> messageIds) {
        Map<UUID, MessageLayers> found = new HashMap<>();
        if (messageIds.isEmpty()) {
            return found;
        }
        // Each table by its index on message ids; a join would count the products of their rows.
        database.withConnection("find the layers of messages", connection -> Statements.query(connection,
                row -> found.put(RowMappers.uuid(row, "message_id"),
                        new MessageLayers(row.getBoolean("embedded"), row.getInt("chunks"), row.getInt("episodes"),
                                row.getInt("facts"))),
                "SELECT m.message_id, "
                        + "EXISTS (SELECT 1 FROM message_vectors v WHERE v.user_id = ? "
                        + "AND v.message_id = m.message_id) AS embedded, "
                        + "(SELECT count(*) FROM m1_episodic c WHERE c.user_id = ? "
                        + "AND c.message_ids @> ARRAY[m.message_id]) AS chunks, "
                        + "(SELECT count(*) FROM m1_episodes e WHERE e.user_id = ? "
                        + "AND e.message_ids @> ARRAY[m.message_id]) AS episodes, "
                        + "(SELECT count(*) FROM m2_semantic f WHERE f.user_id = ? "
                        + "AND f.message_ids @> ARRAY[m.message_id]) AS facts "
                        + "FROM messages m WHERE m.user_id = ? AND m.message_id = ANY (?)",
                userId, userId, userId, userId, userId, Statements.uuidArray(connection, messageIds)));
        return found;
    }
}
