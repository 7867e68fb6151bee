package dev.memfuse.load.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.memfuse.client.MemFuseClient;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;

/// What a server acknowledged to a load, and whether it has it at the end. The API has no marks of users, no sizes and
/// no counters of the database. Thread-safe.
final class RemoteData implements LoadData {
    private static final int READ = 100;

    private final MemFuseClient client;
    private final Map<UUID, Map<UUID, List<UUID>>> acknowledged = new ConcurrentHashMap<>();

    RemoteData(MemFuseClient client) {
        this.client = client;
    }

    /// Keeps the ids of messages that the server acknowledged.
    void acknowledged(SessionKey session, List<UUID> messages) {
        List<UUID> ids = acknowledged.computeIfAbsent(session.userId(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(session.sessionId(), _ -> new ArrayList<>());
        synchronized (ids) {
            ids.addAll(messages);
        }
    }

    /// Forgets a user, and returns the number of its messages.
    int forget(UUID user) {
        Map<UUID, List<UUID>> sessions = acknowledged.remove(user);
        return sessions == null ? 0 : sessions.values().stream().mapToInt(List::size).sum();
    }

    /// Asks the server for every acknowledged message.
    @Override
    public long storedMessages(UUID userId, Collection<UUID> except) {
        long found = 0;
        for (Map.Entry<UUID, List<UUID>> session : acknowledged.getOrDefault(userId, Map.of()).entrySet()) {
            List<UUID> ids = session.getValue();
            for (int from = 0; from < ids.size(); from += READ) {
                found += present(session.getKey(), ids.subList(from, Math.min(ids.size(), from + READ)));
            }
        }
        return found;
    }

    /// A server refuses a list of ids of which it lacks one.
    private long present(UUID session, List<UUID> ids) {
        if (client.has(session, ids)) {
            return ids.size();
        }
        if (ids.size() == 1) {
            return 0;
        }
        int half = ids.size() / 2;
        return present(session, ids.subList(0, half)) + present(session, ids.subList(half, ids.size()));
    }

    @Override
    public User createUser(String name, String run) {
        throw unknown();
    }

    @Override
    public List<MarkedUser> users() {
        throw unknown();
    }

    @Override
    public void holdRun(String run, Duration lease) {
        // No other process removes the users.
    }

    @Override
    public void endRun(String run) {
        // Nothing was held.
    }

    @Override
    public Set<String> running() {
        throw unknown();
    }

    @Override
    public Size size() {
        throw unknown();
    }

    @Override
    public DatabaseSize database() {
        throw unknown();
    }

    @Override
    public DatabaseWork work() {
        // As where a server counts nothing.
        return new DatabaseWork(-1, -1);
    }

    private static EngineException unknown() {
        return new EngineException("The API does not tell it.");
    }
}
