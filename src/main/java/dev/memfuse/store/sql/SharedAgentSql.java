package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.SharedAgentStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;

/// The agents without a user. The table has no users, so the statements name no other table: on Citus it is a reference
/// table.
public final class SharedAgentSql implements SharedAgentStore {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SELECT = "SELECT agent_id, name, description, created_at, updated_at "
            + "FROM shared_agents ";

    private final Database database;

    public SharedAgentSql(Database database) {
        this.database = database;
    }

    @Override
    public void create(UUID agentId, String name, Optional<String> description) {
        try {
            database.withConnection("create agent " + name, connection -> Statements.update(connection,
                    "INSERT INTO shared_agents (agent_id, name, description) VALUES (?, ?, ?)", agentId, name,
                    description.orElse(null)));
        } catch (StoreException e) {
            throw translate(e, name);
        }
    }

    private static RuntimeException translate(StoreException e, String name) {
        return e.sqlState().equals(UNIQUE_VIOLATION)
                ? new DuplicateNameException("There is already an agent named " + name + ".")
                : e;
    }

    @Override
    public List<SharedAgent> all() {
        return database.withConnection("list the agents", connection -> Statements.query(connection,
                SharedAgentSql::agent, SELECT + "ORDER BY agent_id"));
    }

    @Override
    public Optional<SharedAgent> find(UUID agentId) {
        return database.withConnection("look up an agent", connection -> Statements.query(connection,
                SharedAgentSql::agent, SELECT + "WHERE agent_id = ?", agentId).stream().findFirst());
    }

    @Override
    public Optional<SharedAgent> find(String name) {
        return database.withConnection("look up agent " + name, connection -> Statements.query(connection,
                SharedAgentSql::agent, SELECT + "WHERE name = ?", name).stream().findFirst());
    }

    @Override
    public SharedAgent update(UUID agentId, Optional<String> name, Optional<String> description) {
        try {
            return database.withConnection("change an agent", connection -> Statements.query(connection,
                    SharedAgentSql::agent,
                    "UPDATE shared_agents SET name = coalesce(?, name), description = coalesce(?, description), "
                            + "updated_at = now() WHERE agent_id = ? "
                            + "RETURNING agent_id, name, description, created_at, updated_at",
                    name.orElse(null), description.orElse(null), agentId)).stream().findFirst()
                    .orElseThrow(() -> new NotFoundException("There is no such agent."));
        } catch (StoreException e) {
            throw translate(e, name.orElse(""));
        }
    }

    @Override
    public boolean delete(UUID agentId) {
        return database.withConnection("delete an agent", connection -> Statements.update(connection,
                "DELETE FROM shared_agents WHERE agent_id = ?", agentId)) > 0;
    }

    private static SharedAgent agent(ResultSet row) throws SQLException {
        return new SharedAgent(RowMappers.uuid(row, "agent_id"), row.getString("name"),
                Optional.ofNullable(row.getString("description")), RowMappers.instant(row, "created_at"),
                RowMappers.instant(row, "updated_at"));
    }
}
