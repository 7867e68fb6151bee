package dev.memfuse.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.SharedAgents;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.SharedAgentStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;

/// Checks values and passes them to storage.
record CheckedSharedAgents(SharedAgentStore store) implements SharedAgents {

    @Override
    public SharedAgent create(String name, Optional<String> description) {
        String checked = TextCheck.name("name", name);
        UUID id = UuidCreator.getTimeOrderedEpochPlus1();
        store.create(id, checked, description.map(StoredDirectories::description));
        return store.find(id).orElseThrow(() -> new NotFoundException("The agent was deleted meanwhile."));
    }

    @Override
    public List<SharedAgent> list() {
        return store.all();
    }

    @Override
    public Optional<SharedAgent> find(UUID agentId) {
        return store.find(ValueCheck.present("agentId", agentId));
    }

    @Override
    public Optional<SharedAgent> find(String name) {
        return store.find(TextCheck.canonicalName(TextCheck.storable("name", name)));
    }

    @Override
    public SharedAgent update(UUID agentId, Optional<String> name, Optional<String> description) {
        return store.update(ValueCheck.present("agentId", agentId),
                name.map(text -> TextCheck.name("name", text)), description.map(StoredDirectories::description));
    }

    @Override
    public boolean delete(UUID agentId) {
        return store.delete(ValueCheck.present("agentId", agentId));
    }
}
