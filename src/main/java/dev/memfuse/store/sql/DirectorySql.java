package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;
import org.jspecify.annotations.Nullable;

/// Users, agents and sessions.
public final class DirectorySql {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;

    public DirectorySql(Database database) {
        this.database = database;
    }

    /// Names of users are unique by a lock on the name, since a unique constraint could not lead with `user_id`.
    public User createUser(String name) {
        User user = new User(newId(), name, now());
        return database.inTransaction("create user " + name, connection -> {
            claimName(connection, name);
            Jdbc.update(connection, "INSERT INTO users (user_id, name, created_at) VALUES (?, ?, ?)", user.id(), name,
                    user.createdAt());
            return user;
        });
    }

    /// Makes sure that a name is free and stays free for others until this transaction ends.
    static void claimName(Connection connection, String name) throws SQLException {
        Jdbc.list(connection, _ -> true, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name);
        if (!Jdbc.list(connection, Jdbc::user, "SELECT user_id, name, created_at FROM users WHERE name = ?", name)
                .isEmpty()) {
            throw new DuplicateNameException("There is already a user named " + name + ".");
        }
    }

    public Optional<User> user(String name) {
        return database.withConnection("look up user " + name,
                connection -> Jdbc.list(connection, Jdbc::user,
                        "SELECT user_id, name, created_at FROM users WHERE name = ?", name).stream().findFirst());
    }

    public Optional<User> user(UUID userId) {
        return database.withConnection("look up a user",
                connection -> Jdbc.list(connection, Jdbc::user,
                        "SELECT user_id, name, created_at FROM users WHERE user_id = ?", userId).stream().findFirst());
    }

    public List<UUID> userIds() {
        return database.withConnection("list the users", connection -> Jdbc.list(connection,
                row -> Jdbc.uuid(row, "user_id"), "SELECT user_id FROM users ORDER BY user_id"));
    }

    public Agent createAgent(UUID userId, String name) {
        Agent agent = new Agent(userId, newId(), name, now());
        try {
            database.withConnection("create agent " + name,
                    connection -> Jdbc.update(connection,
                            "INSERT INTO agents (user_id, agent_id, name, created_at) VALUES (?, ?, ?, ?)", userId,
                            agent.id(), name, agent.createdAt()));
            return agent;
        } catch (StoreException e) {
            throw translate(e, "There is already an agent named " + name + ".", "There is no such user.");
        }
    }

    public Optional<Agent> agent(UUID userId, String name) {
        return database.withConnection("look up agent " + name,
                connection -> Jdbc.list(connection, Jdbc::agent,
                        "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND name = ?", userId,
                        name).stream().findFirst());
    }

    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        UUID id = newId();
        Session session = new Session(new SessionKey(userId, id), agentId,
                name == null ? "session-" + id.toString().substring(24) : name, now());
        try {
            database.withConnection("create a session",
                    connection -> Jdbc.update(connection,
                            "INSERT INTO sessions (user_id, session_id, agent_id, name, created_at) "
                                    + "VALUES (?, ?, ?, ?, ?)",
                            userId, id, agentId, session.name(), session.createdAt()));
            return session;
        } catch (StoreException e) {
            throw translate(e, "There is already a session named " + session.name() + ".",
                    "The user has no such agent.");
        }
    }

    public Optional<Session> session(SessionKey key) {
        return database.withConnection("look up a session",
                connection -> Jdbc.list(connection, Jdbc::session,
                        "SELECT user_id, session_id, agent_id, name, created_at FROM sessions "
                                + "WHERE user_id = ? AND session_id = ?",
                        key.userId(), key.sessionId()).stream().findFirst());
    }

    public List<Session> sessions(UUID userId) {
        return database.withConnection("list the sessions",
                connection -> Jdbc.list(connection, Jdbc::session,
                        "SELECT user_id, session_id, agent_id, name, created_at FROM sessions WHERE user_id = ? "
                                + "ORDER BY created_at, session_id",
                        userId));
    }

    private static RuntimeException translate(StoreException e, String duplicate, String missing) {
        return switch (e.sqlState()) {
            case UNIQUE_VIOLATION -> new DuplicateNameException(duplicate);
            case FOREIGN_KEY_VIOLATION -> new NotFoundException(missing);
            default -> e;
        };
    }

    static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /// PostgreSQL keeps microseconds; what is returned must equal what is read back.
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static void requireSession(List<?> found) throws SQLException {
        if (found.isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
    }
}
