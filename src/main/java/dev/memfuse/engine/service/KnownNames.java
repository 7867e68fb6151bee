package dev.memfuse.engine.service;

import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// Users, agents and sessions that were seen in the database, for the time when it is away. Holds a limited number.
/// Thread-safe.
final class KnownNames {
    private static final int LIMIT = 5_000;
    private static final int SESSION_LIMIT = 20_000;

    private final Cache<String, User> users = Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Cache<UUID, Boolean> userIds = Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Cache<AgentName, Agent> agents = Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final Cache<AgentKey, Boolean> agentIds = Caffeine.newBuilder().maximumSize(LIMIT).build();

    private final Cache<SessionKey, Boolean> sessions = Caffeine.newBuilder().maximumSize(SESSION_LIMIT).build();

    private record AgentName(UUID userId, String name) {}

    private record AgentKey(UUID userId, UUID agentId) {}

    void add(User user) {
        users.put(user.name(), user);
        userIds.put(user.id(), true);
    }

    /// Replaces the name of a user.
    void rename(User user) {
        users.asMap().values().removeIf(known -> known.id().equals(user.id()));
        add(user);
    }

    void add(Agent agent) {
        agents.put(new AgentName(agent.userId(), agent.name()), agent);
        addAgent(agent.userId(), agent.id());
    }

    /// Adds an agent whose name was not read.
    void addAgent(UUID userId, UUID agentId) {
        userIds.put(userId, true);
        agentIds.put(new AgentKey(userId, agentId), true);
    }

    /// Adds a session with its agent.
    void add(SessionKey session, UUID agentId) {
        sessions.put(session, true);
        addAgent(session.userId(), agentId);
    }

    boolean hasSession(SessionKey session) {
        return sessions.getIfPresent(session) != null;
    }

    /// Removes a deleted session.
    void remove(SessionKey session) {
        sessions.invalidate(session);
    }

    Optional<User> user(String name) {
        return Optional.ofNullable(users.getIfPresent(name));
    }

    boolean hasUser(UUID userId) {
        return userIds.getIfPresent(userId) != null;
    }

    Optional<Agent> agent(UUID userId, String name) {
        return Optional.ofNullable(agents.getIfPresent(new AgentName(userId, name)));
    }

    boolean hasAgent(UUID userId, UUID agentId) {
        return agentIds.getIfPresent(new AgentKey(userId, agentId)) != null;
    }

    /// Removes a deleted user with its agents.
    void removeUser(UUID userId) {
        users.asMap().values().removeIf(user -> user.id().equals(userId));
        userIds.invalidate(userId);
        sessions.asMap().keySet().removeIf(session -> session.userId().equals(userId));
        agents.asMap().keySet().removeIf(agent -> agent.userId().equals(userId));
        agentIds.asMap().keySet().removeIf(agent -> agent.userId().equals(userId));
    }

    /// Removes a user that is not in the database any more.
    void removeUser(String name) {
        user(name).ifPresent(user -> removeUser(user.id()));
    }
}
