package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;

/// Agents that belong to no user. Thread-safe; every method blocks.
public interface SharedAgentStore {

    /// Stores a shared agent.
    ///
    /// @throws DuplicateNameException when the name is taken
    void create(UUID agentId, String name, Optional<String> description);

    /// Returns all shared agents in the order of their ids.
    List<SharedAgent> all();

    /// Returns a shared agent.
    Optional<SharedAgent> find(UUID agentId);

    /// Returns the shared agent with this name.
    Optional<SharedAgent> find(String name);

    /// Changes the name or the description of a shared agent.
    ///
    /// @throws NotFoundException when there is no such agent
    /// @throws DuplicateNameException when the name is taken
    SharedAgent update(UUID agentId, Optional<String> name, Optional<String> description);

    /// Deletes a shared agent. Returns false when there was none.
    boolean delete(UUID agentId);
}
