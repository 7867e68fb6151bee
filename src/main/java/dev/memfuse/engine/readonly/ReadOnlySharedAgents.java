package dev.memfuse.engine.readonly;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.SharedAgents;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Shared agents of a database that is open read-only.
record ReadOnlySharedAgents(SharedAgents all) implements SharedAgents {
    @Override
    public SharedAgent create(String name, Optional<String> description) {
        throw new ReadOnlyException();
    }

    @Override
    public List<SharedAgent> list() {
        return all.list();
    }

    @Override
    public Optional<SharedAgent> find(UUID agentId) {
        return all.find(agentId);
    }

    @Override
    public Optional<SharedAgent> find(String name) {
        return all.find(name);
    }

    @Override
    public SharedAgent update(UUID agentId, Optional<String> name, Optional<String> description) {
        throw new ReadOnlyException();
    }

    @Override
    public boolean delete(UUID agentId) {
        throw new ReadOnlyException();
    }
}
