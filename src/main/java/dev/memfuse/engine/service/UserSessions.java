package dev.memfuse.engine.service;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;

/// Caches which sessions of a user exist and the agent of each. An agent filter loads the agents. Thread-safe.
final class UserSessions {
    private final Set<SessionKey> existing = ConcurrentHashMap.newKeySet();
    private final Map<UUID, UUID> agents = new ConcurrentHashMap<>();
    private final Supplier<List<Session>> stored;

    /// @param stored reads the user's sessions from the database
    UserSessions(Supplier<List<Session>> stored) {
        this.stored = stored;
    }

    /// Returns whether a session was seen to exist.
    boolean contains(SessionKey session) {
        return existing.contains(session);
    }

    /// Remembers that a session exists.
    void add(SessionKey session) {
        existing.add(session);
    }

    /// Removes a deleted session.
    void remove(SessionKey session) {
        existing.remove(session);
        agents.remove(session.sessionId());
    }

    /// Discards the agents, since the user has a new session.
    void clearAgents() {
        agents.clear();
    }

    /// Returns the sessions of agents. Reads the database when the agent of an existing session is not loaded: the
    /// agent of a session never changes.
    Set<UUID> ofAgents(Set<UUID> agentIds) {
        boolean complete = existing.stream().allMatch(session -> agents.containsKey(session.sessionId()));
        if (!complete || agents.isEmpty()) {
            reloadAgents();
        }
        return agents.entrySet().stream().filter(entry -> agentIds.contains(entry.getValue())).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Reads the agents again from the database, if they were loaded before.
    void reloadAgentsIfLoaded() {
        if (!agents.isEmpty()) {
            reloadAgents();
        }
    }

    private void reloadAgents() {
        stored.get().forEach(session -> agents.put(session.key().sessionId(), session.agentId()));
    }
}
