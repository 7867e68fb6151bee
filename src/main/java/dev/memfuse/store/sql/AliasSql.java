package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.AliasStore;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.IdAlias;
import dev.memfuse.store.pool.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what was created while the database was away, and the aliases of ids whose names existed (ADR 0026).
public final class AliasSql implements AliasStore {
    private static final String OF_AGENT = "SELECT agent_id AS id FROM agents WHERE user_id = ? "
            + "AND (agent_id = ? OR name = ?) ORDER BY agent_id <> ? LIMIT 1";
    private static final String OF_SESSION = "SELECT session_id AS id FROM sessions WHERE user_id = ? "
            + "AND (session_id = ? OR name = ?) ORDER BY session_id <> ? LIMIT 1";

    private static final int ID_END = 24;
    private static final Logger LOG = LoggerFactory.getLogger(AliasSql.class);

    private final Database database;

    public AliasSql(Database database) {
        this.database = database;
    }

    @Override
    public List<IdAlias> all() {
        return database.withConnection("read the aliases", connection -> Statements.query(connection, AliasSql::alias,
                "SELECT user_id, alias_id, target_id FROM id_aliases"));
    }

    @Override
    public List<IdAlias> of(Collection<UUID> ids) {
        return database.withConnection("look up aliases", connection -> Statements.query(connection, AliasSql::alias,
                "SELECT user_id, alias_id, target_id FROM id_aliases WHERE alias_id = ANY (?)",
                Statements.uuidArray(connection, ids)));
    }

    private static IdAlias alias(ResultSet row) throws SQLException {
        return new IdAlias(RowMappers.uuid(row, "alias_id"), RowMappers.uuid(row, "user_id"),
                RowMappers.uuid(row, "target_id"));
    }

    @Override
    public List<IdAlias> settle(Creations creations) {
        return database.inTransaction("store what was created while the database was away",
                connection -> new Settlement(connection).run(creations));
    }

    /// The creations of one user in one transaction.
    private static final class Settlement {
        private final Connection connection;
        private final List<IdAlias> found = new ArrayList<>();
        private final Map<UUID, UUID> agents = new HashMap<>();

        Settlement(Connection connection) {
            this.connection = connection;
        }

        List<IdAlias> run(Creations creations) throws SQLException {
            Optional<UUID> owner = owner(creations);
            if (owner.isPresent()) {
                for (Agent agent : creations.agents()) {
                    settle(owner.get(), agent);
                }
                for (Session session : creations.sessions()) {
                    settle(owner.get(), session);
                }
            }
            return List.copyOf(found);
        }

        /// Returns the user that owns the creations; empty when it does not exist any more.
        private Optional<UUID> owner(Creations creations) throws SQLException {
            UUID given = creations.userId();
            List<UUID> known = Statements.query(connection, row -> RowMappers.uuid(row, "user_id"),
                    "SELECT user_id FROM id_aliases WHERE alias_id = ?", given);
            if (!known.isEmpty()) {
                found.add(new IdAlias(given, known.getFirst(), known.getFirst()));
                return Optional.of(known.getFirst());
            }
            if (creations.user().isPresent()) {
                return Optional.of(settle(creations.user().get()));
            }
            return Statements.query(connection, row -> RowMappers.uuid(row, "user_id"),
                    "SELECT user_id FROM users WHERE user_id = ? FOR KEY SHARE", given).stream().findFirst();
        }

        private UUID settle(User user) throws SQLException {
            Statements.query(connection, _ -> true, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                    user.name());
            // The smallest id first: several could have the name only by an older error, and the choice must not vary.
            List<UUID> existing = Statements.query(connection, row -> RowMappers.uuid(row, "user_id"),
                    "SELECT user_id FROM users WHERE user_id = ? OR name = ? ORDER BY user_id <> ?, user_id",
                    user.id(), user.name(), user.id());
            if (existing.isEmpty()) {
                DirectorySql.insert(connection, user);
                return user.id();
            }
            UUID owner = existing.getFirst();
            if (!owner.equals(user.id())) {
                addAlias(owner, user.id(), owner);
            }
            return owner;
        }

        private void settle(UUID owner, Agent agent) throws SQLException {
            Statements.update(connection, DirectorySql.INSERT_AGENT + " ON CONFLICT DO NOTHING", owner, agent.id(),
                    agent.name(), agent.createdAt());
            UUID target = target(OF_AGENT, owner, agent.id(), agent.name());
            agents.put(agent.id(), target);
            if (!target.equals(agent.id())) {
                addAlias(owner, agent.id(), target);
            }
        }

        private void settle(UUID owner, Session session) throws SQLException {
            UUID given = session.key().sessionId();
            UUID agent = agent(owner, session.agentId());
            restoreAgent(owner, agent, session.createdAt());
            Statements.update(connection, DirectorySql.INSERT_SESSION + " ON CONFLICT DO NOTHING", owner, given, agent,
                    session.name(), session.createdAt());
            UUID target = target(OF_SESSION, owner, given, session.name());
            if (!target.equals(given)) {
                addAlias(owner, given, target);
            }
        }

        /// Creates the agent of a session again when a failover lost it. Its name is not known here.
        private void restoreAgent(UUID owner, UUID agent, Instant at) throws SQLException {
            String name = "agent-" + agent.toString().substring(ID_END);
            if (Statements.update(connection, DirectorySql.INSERT_AGENT + " ON CONFLICT DO NOTHING", owner, agent, name,
                    at) > 0) {
                LOG.warn("Engine: the database lacks agent {}, which has sessions; it is now named {}", agent, name);
            }
        }

        /// Returns the agent that an id stands for, which may be an alias of an earlier outage.
        private UUID agent(UUID owner, UUID given) throws SQLException {
            UUID ofNow = agents.get(given);
            return ofNow != null
                    ? ofNow
                    : Statements.query(connection, row -> RowMappers.uuid(row, "target_id"),
                            "SELECT target_id FROM id_aliases WHERE user_id = ? AND alias_id = ?", owner, given)
                            .stream().findFirst().orElse(given);
        }

        private UUID target(String sql, UUID owner, UUID given, String name) throws SQLException {
            return Statements.query(connection, row -> RowMappers.uuid(row, "id"), sql, owner, given, name, given)
                    .getFirst();
        }

        private void addAlias(UUID owner, UUID alias, UUID target) throws SQLException {
            Statements.update(connection, "INSERT INTO id_aliases (user_id, alias_id, target_id) VALUES (?, ?, ?) "
                    + "ON CONFLICT (user_id, alias_id) DO NOTHING", owner, alias, target);
            found.add(new IdAlias(alias, owner, target));
        }
    }
}
