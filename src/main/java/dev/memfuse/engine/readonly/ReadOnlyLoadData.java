package dev.memfuse.engine.readonly;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Users of loads of a database that is open read-only: no load runs on it.
record ReadOnlyLoadData(LoadData data) implements LoadData {
    @Override
    public User createUser(String name, String run) {
        throw new ReadOnlyException();
    }

    @Override
    public List<MarkedUser> users() {
        return data.users();
    }

    @Override
    public void holdRun(String run, Duration lease) {
        throw new ReadOnlyException();
    }

    @Override
    public void endRun(String run) {
        throw new ReadOnlyException();
    }

    @Override
    public Set<String> running() {
        return data.running();
    }

    @Override
    public Size size() {
        return data.size();
    }

    @Override
    public long storedMessages(UUID userId, Collection<UUID> except) {
        return data.storedMessages(userId, except);
    }

    @Override
    public DatabaseSize database() {
        return data.database();
    }

    @Override
    public DatabaseWork work() {
        return data.work();
    }
}
