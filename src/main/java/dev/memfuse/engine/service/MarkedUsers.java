package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.metrics.Operation;

/// The users that loads made.
record MarkedUsers(Directory directory, IdAliases aliases, MemoryStore store, TimedCalls timed)
        implements
            LoadData {
    @Override
    public User createUser(String name, String run) {
        String checked = TextCheck.name("name", name);
        String checkedRun = TextCheck.name("run", run);
        return timed.run(Operation.CREATE, () -> directory.createUser(checked, checkedRun));
    }

    @Override
    public List<MarkedUser> users() {
        return store.loads().users();
    }

    @Override
    public void holdRun(String run, Duration lease) {
        store.loadRuns().hold(run, lease);
    }

    @Override
    public void endRun(String run) {
        store.loadRuns().end(run);
    }

    @Override
    public Set<String> running() {
        return store.loadRuns().running();
    }

    @Override
    public Size size() {
        return store.loads().markedSize();
    }

    @Override
    public long storedMessages(UUID userId, Collection<UUID> except) {
        return store.loads().messageCount(aliases.user(userId), except);
    }

    @Override
    public DatabaseSize database() {
        return store.loads().size();
    }

    @Override
    public DatabaseWork work() {
        return store.loads().work();
    }
}
