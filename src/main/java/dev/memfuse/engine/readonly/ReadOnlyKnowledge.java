package dev.memfuse.engine.readonly;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Knowledge;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Facts of a database that is open read-only: none is added, changed or deleted by hand.
record ReadOnlyKnowledge(Knowledge facts) implements Knowledge {
    @Override
    public List<Fact> add(UUID userId, List<String> contents) {
        throw new ReadOnlyException();
    }

    @Override
    public List<Fact> read(UUID userId, Collection<UUID> factIds) {
        return facts.read(userId, factIds);
    }

    @Override
    public List<Fact> update(UUID userId, List<Change> changes) {
        throw new ReadOnlyException();
    }

    @Override
    public List<UUID> delete(UUID userId, Collection<UUID> factIds) {
        throw new ReadOnlyException();
    }
}
