package dev.memfuse.store.sql;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.MessageStore;
import dev.memfuse.store.pool.Database;

/// Reads messages: in one statement when queries are consolidated, otherwise in several statements as the legacy engine
/// does.
public final class MessageSql implements MessageStore {
    static final String COLUMNS = "user_id, message_id, session_id, round_id, sequence, role, content, created_at, "
            + "edited_at";

    /// The consolidated query of the plan (2.1), corrected: messages carry their session, and a session without
    /// messages returns one row without a message, unlike a session that does not exist.
    private static final String LIST = """
                                       WITH session_info AS (
                                         SELECT s.session_id, s.name AS session_name, u.name AS user_name,
                                                a.agent_id, a.name AS agent_name
                                         FROM sessions s
                                         JOIN users u ON u.user_id = ?
                                         JOIN agents a ON a.user_id = ? AND a.agent_id = s.agent_id
                                         WHERE s.user_id = ? AND s.session_id = ?
                                       )
                                       SELECT m.*, si.user_name, si.agent_name, si.session_name
                                       FROM session_info si
                                       LEFT JOIN LATERAL (
                                         SELECT user_id, message_id, session_id, round_id, sequence, role, content,
                                                created_at, edited_at
                                         FROM messages
                                         WHERE user_id = ? AND session_id = si.session_id
                                         ORDER BY %1$s
                                         LIMIT ?
                                       ) m ON true
                                       ORDER BY m.%1$s""";
    static final String LIST_OLDEST = String.format(Locale.ROOT, LIST, "sequence ASC");
    static final String LIST_NEWEST = String.format(Locale.ROOT, LIST, "sequence DESC");
    private static final String LIST_BY_ID = String.format(Locale.ROOT, LIST, "message_id ASC");
    private static final String LIST_BY_ID_DESCENDING = String.format(Locale.ROOT, LIST, "message_id DESC");

    private final Database database;

    public MessageSql(Database database) {
        this.database = database;
    }

    @Override
    public List<Message> ofSession(SessionKey session, int limit, Order order) {
        return database.consolidated() ? listAtOnce(session, limit, order) : listSeparately(session, limit, order);
    }

    private List<Message> listAtOnce(SessionKey session, int limit, Order order) {
        return database.withConnection("list messages", connection -> {
            try (PreparedStatement statement = Statements.bind(connection,
                    list(order), session.userId(), session.userId(),
                    session.userId(), session.sessionId(), session.userId(), limit)) {
                // An empty session has one row without a message.
                List<Optional<Message>> rows = Statements.query(statement, RowMappers::optionalMessage);
                DirectorySql.requireSession(rows);
                return rows.stream().flatMap(Optional::stream).toList();
            }
        });
    }

    private static String list(Order order) {
        return switch (order) {
            case OLDEST_FIRST -> LIST_OLDEST;
            case NEWEST_FIRST -> LIST_NEWEST;
            case ID_ASCENDING -> LIST_BY_ID;
            case ID_DESCENDING -> LIST_BY_ID_DESCENDING;
        };
    }

    /// The legacy way: user, agent, session and messages, one after the other.
    private List<Message> listSeparately(SessionKey session, int limit, Order order) {
        return database.withConnection("list messages", connection -> {
            Statements.query(connection, RowMappers::user,
                    "SELECT user_id, name, created_at FROM users WHERE user_id = ?",
                    session.userId());
            List<UUID> agents = Statements.query(connection, row -> RowMappers.uuid(row, "agent_id"),
                    "SELECT agent_id FROM sessions WHERE user_id = ? AND session_id = ?", session.userId(),
                    session.sessionId());
            DirectorySql.requireSession(agents);
            Statements.query(connection, RowMappers::agent,
                    "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND agent_id = ?",
                    session.userId(), agents.getFirst());
            String direction = order.isAscending() ? "ASC" : "DESC";
            return Statements.query(connection, RowMappers::message,
                    "SELECT " + COLUMNS + " FROM messages WHERE user_id = ? AND session_id = ? ORDER BY "
                            + (order.isById() ? "message_id " : "sequence ") + direction + " LIMIT ?",
                    session.userId(), session.sessionId(), limit);
        });
    }

    @Override
    public List<Message> read(UUID userId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.consolidated() ? readAtOnce(userId, ids) : readOneByOne(userId, ids);
    }

    private List<Message> readAtOnce(UUID userId, Collection<UUID> ids) {
        return database.withConnection("read messages", connection -> Statements.query(connection, RowMappers::message,
                "SELECT " + COLUMNS + " FROM messages WHERE user_id = ? AND message_id = ANY (?)", userId,
                Statements.uuidArray(connection, ids)));
    }

    /// The legacy N+1 reads: one statement, and one lease, per message.
    private List<Message> readOneByOne(UUID userId, Collection<UUID> ids) {
        List<Message> found = new ArrayList<>();
        for (UUID id : ids) {
            found.addAll(database.withConnection("read a message",
                    connection -> Statements.query(connection, RowMappers::message,
                            "SELECT " + COLUMNS + " FROM messages WHERE user_id = ? AND message_id = ?", userId, id)));
        }
        return found;
    }

    @Override
    public List<Message> ofRound(UUID userId, UUID roundId) {
        return database.withConnection("read a round", connection -> Statements.query(connection, RowMappers::message,
                "SELECT " + COLUMNS + " FROM messages WHERE user_id = ? AND round_id = ? ORDER BY sequence", userId,
                roundId));
    }

    @Override
    public Optional<Message> before(SessionKey session, long sequence) {
        return database.withConnection("read the message before",
                connection -> Statements.query(connection, RowMappers::message,
                        "SELECT " + COLUMNS + " FROM messages WHERE user_id = ? AND session_id = ? AND sequence < ? "
                                + "ORDER BY sequence DESC LIMIT 1",
                        session.userId(), session.sessionId(), sequence))
                .stream().findFirst();
    }
}
