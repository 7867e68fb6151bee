package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;

/// Agents without a user, for clients whose agents are common to all users. They own no data: a user who uses one gets
/// an [Agent] of its own, see [Directories#createAgent].
///
/// Thread-safe; every method blocks for the database.
public interface SharedAgents {

    /// An agent without a user.
    ///
    /// @param name unique among the shared agents
    record SharedAgent(UUID id, String name, Optional<String> description, Instant createdAt, Instant updatedAt) {}

    /// Creates an agent.
    ///
    /// @param description at most [Directories#MAX_DESCRIPTION_BYTES]
    /// @throws DuplicateNameException when the name is taken
    SharedAgent create(String name, Optional<String> description);

    /// Returns all agents in the order of their ids, which is that of their creation.
    List<SharedAgent> list();

    /// Returns the agent with this id.
    Optional<SharedAgent> find(UUID agentId);

    /// Returns the agent with this name.
    Optional<SharedAgent> find(String name);

    /// Changes the name or the description of an agent; what is empty stays.
    ///
    /// @throws NotFoundException when there is no such agent
    /// @throws DuplicateNameException when the name is taken
    SharedAgent update(UUID agentId, Optional<String> name, Optional<String> description);

    /// Deletes an agent. Agents and sessions of users stay.
    ///
    /// @return false when there was none
    boolean delete(UUID agentId);
}
