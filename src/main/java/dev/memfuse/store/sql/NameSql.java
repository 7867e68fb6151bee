package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories.ClientSession;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;

/// Lists, describes and renames users and sessions for servers.
public final class NameSql implements DirectoryStore {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String USER = "SELECT user_id, name, created_at, description, updated_at FROM users ";
    private static final String SESSION = "SELECT s.user_id, s.session_id, s.agent_id, s.name, s.created_at, "
            + "s.updated_at FROM sessions s JOIN agents a ON a.user_id = s.user_id AND a.agent_id = s.agent_id ";
    private static final String CONDITIONS = "(?::uuid IS NULL OR a.agent_id = ? OR a.name = ?) "
            + "AND (?::text IS NULL OR s.name = ?) ORDER BY s.session_id LIMIT ?";

    /// A shared agent stands for the user's agent of its id, or else of its name. The table of shared agents is small,
    /// and is on every node of a distributed database.
    private static final String CLIENT_SESSIONS = "SELECT s.user_id, s.session_id, s.agent_id, s.name, s.created_at, "
            + "s.updated_at, coalesce(same.agent_id, named.agent_id, s.agent_id) AS client_agent FROM sessions s "
            + "JOIN agents a ON a.user_id = ? AND a.agent_id = s.agent_id "
            + "LEFT JOIN shared_agents same ON same.agent_id = s.agent_id "
            + "LEFT JOIN shared_agents named ON named.name = a.name "
            + "WHERE s.user_id = ? AND s.session_id = ANY (?)";

    private final Database database;

    public NameSql(Database database) {
        this.database = database;
    }

    @Override
    public void create(User user, String description) {
        database.inTransaction(user.id(), "create user " + user.name(), connection -> {
            DirectorySql.claimName(connection, user.name());
            return Statements.update(connection,
                    "INSERT INTO users (user_id, name, description, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
                    user.id(), user.name(), description, user.createdAt(), user.createdAt());
        });
    }

    @Override
    public List<UserEntry> users(Optional<UUID> after, int limit) {
        return database.withConnection("list the users", connection -> Statements.query(connection, NameSql::user,
                USER + "WHERE user_id > ? ORDER BY user_id LIMIT ?", after.orElse(new UUID(0, 0)), limit));
    }

    @Override
    public Optional<UserEntry> userEntry(UUID userId) {
        return database.withConnection("look up a user", connection -> Statements.query(connection, NameSql::user,
                USER + "WHERE user_id = ?", userId).stream().findFirst());
    }

    private static UserEntry user(ResultSet row) throws SQLException {
        return new UserEntry(RowMappers.user(row), Optional.ofNullable(row.getString("description")),
                RowMappers.instant(row, "updated_at"));
    }

    @Override
    public UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description) {
        return database.inTransaction(userId, "change a user", connection -> {
            if (name.isPresent()) {
                Statements.query(connection, _ -> true, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                        name.get());
                List<User> owners = Statements.query(connection, RowMappers::user,
                        "SELECT user_id, name, created_at FROM users WHERE name = ?", name.get());
                if (owners.stream().anyMatch(owner -> !owner.id().equals(userId))) {
                    throw new DuplicateNameException("There is already a user named " + name.get() + ".");
                }
            }
            return Statements.query(connection, NameSql::user,
                    "UPDATE users SET name = coalesce(?, name), description = coalesce(?, description), "
                            + "updated_at = now() WHERE user_id = ? "
                            + "RETURNING user_id, name, created_at, description, updated_at",
                    name.orElse(null), description.orElse(null), userId).stream().findFirst()
                    .orElseThrow(() -> new NotFoundException("There is no such user."));
        });
    }

    @Override
    public Optional<Agent> agent(UUID userId, UUID agentId) {
        return database.withConnection("look up an agent", connection -> Statements.query(connection,
                RowMappers::agent,
                "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND agent_id = ?", userId,
                agentId).stream().findFirst());
    }

    @Override
    public List<SessionEntry> sessions(SessionFilter filter) {
        UUID agent = filter.agentId().orElse(null);
        String agentName = filter.agentName().orElse(null);
        String name = filter.name().orElse(null);
        return database.withConnection("list sessions", connection -> filter.userId().isPresent()
                ? Statements.query(connection, NameSql::session,
                        SESSION + "WHERE s.user_id = ? AND a.user_id = ? AND " + CONDITIONS, filter.userId().get(),
                        filter.userId().get(), agent, agent, agentName, name, name, filter.limit())
                : Statements.query(connection, NameSql::session, SESSION + "WHERE " + CONDITIONS, agent, agent,
                        agentName, name, name, filter.limit()));
    }

    @Override
    public List<SessionEntry> sessionsById(UUID sessionId) {
        return database.withConnection("look up a session by its id",
                connection -> Statements.query(connection, NameSql::session,
                        "SELECT user_id, session_id, agent_id, name, created_at, updated_at FROM sessions "
                                + "WHERE session_id = ? ORDER BY user_id",
                        sessionId));
    }

    @Override
    public Optional<SessionEntry> sessionEntry(SessionKey key) {
        return database.withConnection("look up a session", connection -> Statements.query(connection,
                NameSql::session,
                "SELECT user_id, session_id, agent_id, name, created_at, updated_at FROM sessions "
                        + "WHERE user_id = ? AND session_id = ?",
                key.userId(), key.sessionId()).stream().findFirst());
    }

    @Override
    public List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds) {
        return database.withConnection("look up sessions", connection -> Statements.query(connection,
                row -> new ClientSession(session(row), RowMappers.uuid(row, "client_agent")), CLIENT_SESSIONS, userId,
                userId, Statements.uuidArray(connection, sessionIds)));
    }

    private static SessionEntry session(ResultSet row) throws SQLException {
        return new SessionEntry(RowMappers.session(row), RowMappers.instant(row, "updated_at"));
    }

    @Override
    public SessionEntry renameSession(SessionKey key, String name) {
        try {
            return database.withConnection("rename a session", connection -> Statements.query(connection,
                    NameSql::session,
                    "UPDATE sessions SET name = ?, updated_at = now() WHERE user_id = ? AND session_id = ? "
                            + "RETURNING user_id, session_id, agent_id, name, created_at, updated_at",
                    name, key.userId(), key.sessionId())).stream().findFirst()
                    .orElseThrow(() -> new NotFoundException("The user has no such session."));
        } catch (StoreException e) {
            throw e.sqlState().equals(UNIQUE_VIOLATION)
                    ? new DuplicateNameException("There is already a session named " + name + ".")
                    : e;
        }
    }
}
