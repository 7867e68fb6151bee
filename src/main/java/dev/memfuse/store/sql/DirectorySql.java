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

/// Creates, finds and lists users, agents and sessions.
public final class DirectorySql {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;

    public DirectorySql(Database database) {
        this.database = database;
    }

    /// Creates a user. A lock on the name keeps names unique, since a unique constraint could not lead with `user_id`.
    ///
    /// @throws DuplicateNameException when the name is taken
    public User createUser(String name) {
        User user = new User(newId(), name, now());
        return database.inTransaction("create user " + name, connection -> {
            claimName(connection, name);
            Statements.update(connection, "INSERT INTO users (user_id, name, created_at) VALUES (?, ?, ?)", user.id(),
                    name, user.createdAt());
            return user;
        });
    }

    /// Reserves a free name until this transaction ends.
    ///
    /// @throws DuplicateNameException when the name is taken
    static void claimName(Connection connection, String name) throws SQLException {
        Statements.query(connection, _ -> true, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name);
        List<User> owners = Statements.query(connection, RowMappers::user,
                "SELECT user_id, name, created_at FROM users WHERE name = ?", name);
        if (!owners.isEmpty()) {
            throw new DuplicateNameException("There is already a user named " + name + ".");
        }
    }

    public Optional<User> user(String name) {
        return database.withConnection("look up user " + name,
                connection -> Statements.query(connection, RowMappers::user,
                        "SELECT user_id, name, created_at FROM users WHERE name = ?", name).stream().findFirst());
    }

    public Optional<User> user(UUID userId) {
        return database.withConnection("look up a user",
                connection -> Statements.query(connection, RowMappers::user,
                        "SELECT user_id, name, created_at FROM users WHERE user_id = ?", userId).stream().findFirst());
    }

    public Agent createAgent(UUID userId, String name) {
        Agent agent = new Agent(userId, newId(), name, now());
        try {
            database.withConnection("create agent " + name,
                    connection -> Statements.update(connection,
                            "INSERT INTO agents (user_id, agent_id, name, created_at) VALUES (?, ?, ?, ?)", userId,
                            agent.id(), name, agent.createdAt()));
            return agent;
        } catch (StoreException e) {
            throw translate(e, "There is already an agent named " + name + ".", "There is no such user.");
        }
    }

    public Optional<Agent> agent(UUID userId, String name) {
        return database.withConnection("look up agent " + name,
                connection -> Statements.query(connection, RowMappers::agent,
                        "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND name = ?", userId,
                        name).stream().findFirst());
    }

    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        UUID id = newId();
        Session session = new Session(new SessionKey(userId, id), agentId,
                name == null ? "session-" + id.toString().substring(24) : name, now());
        try {
            database.withConnection("create a session",
                    connection -> Statements.update(connection,
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
                connection -> Statements.query(connection, RowMappers::session,
                        "SELECT user_id, session_id, agent_id, name, created_at FROM sessions "
                                + "WHERE user_id = ? AND session_id = ?",
                        key.userId(), key.sessionId()).stream().findFirst());
    }

    public List<Session> sessions(UUID userId) {
        return database.withConnection("list the sessions",
                connection -> Statements.query(connection, RowMappers::session,
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

    /// Truncated to microseconds, PostgreSQL's precision, so that a created record equals the record read later.
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static void requireSession(List<?> found) throws SQLException {
        if (found.isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
    }
}
