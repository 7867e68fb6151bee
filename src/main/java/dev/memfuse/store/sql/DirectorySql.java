package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
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
import dev.memfuse.engine.spi.AccountStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;

/// Creates, finds and lists users, agents and sessions.
public final class DirectorySql implements AccountStore {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    static final String INSERT_AGENT = "INSERT INTO agents (user_id, agent_id, name, created_at) VALUES (?, ?, ?, ?)";
    static final String INSERT_SESSION = "INSERT INTO sessions (user_id, session_id, agent_id, name, created_at) "
            + "VALUES (?, ?, ?, ?, ?)";

    private final Database database;

    public DirectorySql(Database database) {
        this.database = database;
    }

    /// Stores a new user. A lock on the name keeps names unique, since a unique constraint could not lead with
    /// `user_id`.
    ///
    /// @throws DuplicateNameException when the name is taken
    @Override
    public void create(User user) {
        database.inTransaction(user.id(), "create user " + user.name(), connection -> {
            claimName(connection, user.name());
            return insert(connection, user);
        });
    }

    static int insert(Connection connection, User user) throws SQLException {
        return Statements.update(connection, "INSERT INTO users (user_id, name, created_at) VALUES (?, ?, ?)",
                user.id(), user.name(), user.createdAt());
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

    @Override
    public Optional<User> user(String name) {
        return database.withConnection("look up user " + name,
                connection -> Statements.query(connection, RowMappers::user,
                        "SELECT user_id, name, created_at FROM users WHERE name = ?", name).stream().findFirst());
    }

    @Override
    public Optional<User> user(UUID userId) {
        return database.withConnection("look up a user",
                connection -> Statements.query(connection, RowMappers::user,
                        "SELECT user_id, name, created_at FROM users WHERE user_id = ?", userId).stream().findFirst());
    }

    @Override
    public void create(Agent agent) {
        try {
            database.write(agent.userId(), "create agent " + agent.name(),
                    connection -> Statements.update(connection, INSERT_AGENT, agent.userId(), agent.id(), agent.name(),
                            agent.createdAt()));
        } catch (StoreException e) {
            throw translate(e, "There is already an agent named " + agent.name() + ".", "There is no such user.");
        }
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return database.withConnection("look up agent " + name,
                connection -> Statements.query(connection, RowMappers::agent,
                        "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND name = ?", userId,
                        name).stream().findFirst());
    }

    @Override
    public void create(Session session) {
        try {
            database.write(session.key().userId(), "create a session",
                    connection -> Statements.update(connection, INSERT_SESSION, session.key().userId(),
                            session.key().sessionId(), session.agentId(), session.name(), session.createdAt()));
        } catch (StoreException e) {
            throw translate(e, "There is already a session named " + session.name() + ".",
                    "The user has no such agent.");
        }
    }

    @Override
    public Optional<Session> session(SessionKey key) {
        return database.withConnection("look up a session",
                connection -> Statements.query(connection, RowMappers::session,
                        "SELECT user_id, session_id, agent_id, name, created_at FROM sessions "
                                + "WHERE user_id = ? AND session_id = ?",
                        key.userId(), key.sessionId()).stream().findFirst());
    }

    @Override
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

    static void requireSession(List<?> found) throws SQLException {
        if (found.isEmpty()) {
            throw new NotFoundException("The user has no such session.");
        }
    }
}
