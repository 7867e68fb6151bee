package dev.memfuse.server.rest;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories.ClientSession;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Finds what the ids of a request name, among what its caller may use. Keeps what it found for a minute. Thread-safe.
final class Lookups {
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final RecentCache<UUID, UserEntry> users = new RecentCache<>(MAX_AGE);
    private final RecentCache<UUID, List<SessionEntry>> sessions = new RecentCache<>(MAX_AGE);
    private final RecentCache<SessionKey, ClientSession> clientSessions = new RecentCache<>(MAX_AGE);
    private final RecentCache<UUID, SharedAgent> agents = new RecentCache<>(MAX_AGE);
    private final RecentCache<AgentKey, UUID> agentIds = new RecentCache<>(MAX_AGE);

    private record AgentKey(UUID userId, UUID agentId) {}

    /// Returns the id of a text; empty when the text is none.
    static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Returns a user that the caller may use.
    ///
    /// @throws ApiException with status 404
    UserEntry user(ApiCall call, String userId) {
        return id(userId).flatMap(id -> users.get(id, call.engine().directories()::user))
                .filter(entry -> call.caller().mayUse(entry.user().id()))
                .orElseThrow(() -> ApiException.unknown("User", "user_id", userId));
    }

    /// Keeps a user that was just stored.
    void put(UserEntry entry) {
        users.put(entry.user().id(), entry);
    }

    /// Forgets a deleted user.
    void removeUser(UUID userId) {
        users.removeIf(entry -> entry.user().id().equals(userId));
        sessions.removeIf(entries -> entries.stream().anyMatch(entry -> owner(entry).equals(userId)));
        clientSessions.removeIf(session -> owner(session.entry()).equals(userId));
    }

    /// Returns a session of a user that the caller may use. The one look-up that names no user.
    ///
    /// @throws ApiException with status 404, or 400 when several users have a session of this id
    SessionEntry session(ApiCall call, String sessionId) {
        List<SessionEntry> found = id(sessionId).flatMap(id -> sessions.get(id, unknown -> Optional
                .of(call.engine().directories().sessionsById(unknown)).filter(list -> !list.isEmpty())))
                .orElse(List.of()).stream().filter(entry -> call.caller().mayUse(owner(entry))).toList();
        if (found.size() > 1) {
            throw new ApiException(ApiException.BAD_REQUEST, "session_id", "Several users have a session with ID '"
                    + sessionId + "', since one is an imported copy of another. Use the key of one user.");
        }
        return found.stream().findFirst().orElseThrow(() -> ApiException.unknown("Session", "session_id", sessionId));
    }

    private static UUID owner(SessionEntry entry) {
        return entry.session().key().userId();
    }

    /// Keeps a session that was just stored under a new id.
    void put(SessionEntry entry) {
        sessions.put(entry.session().key().sessionId(), List.of(entry));
    }

    /// Forgets a session that was changed or deleted.
    void removeSession(SessionKey session) {
        sessions.remove(session.sessionId());
        clientSessions.remove(session);
    }

    /// Returns the sessions of hits by their ids, with at most one statement; those that were deleted meanwhile, and
    /// those that are unknown here while the database is away, are missing.
    Map<UUID, ClientSession> sessions(MemoryEngine engine, UUID userId, Collection<UUID> ids) {
        Set<SessionKey> keys = ids.stream().map(id -> new SessionKey(userId, id)).collect(Collectors.toSet());
        Map<SessionKey, ClientSession> found = clientSessions.known(keys, false);
        List<UUID> missing = keys.stream().filter(key -> !found.containsKey(key)).map(SessionKey::sessionId).toList();
        if (!missing.isEmpty()) {
            try {
                engine.directories().clientSessions(userId, missing).forEach(session -> {
                    SessionKey key = session.entry().session().key();
                    clientSessions.put(key, session);
                    found.put(key, session);
                });
            } catch (StorageUnavailableException e) {
                clientSessions.known(keys, true).forEach(found::putIfAbsent);
            }
        }
        return found.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().sessionId(), Map.Entry::getValue));
    }

    /// Returns a shared agent.
    ///
    /// @throws ApiException with status 404
    SharedAgent agent(ApiCall call, String agentId) {
        return id(agentId).flatMap(id -> agents.get(id, call.engine().sharedAgents()::find))
                .orElseThrow(() -> ApiException.unknown("Agent", "agent_id", agentId));
    }

    /// Forgets a shared agent that was changed or deleted.
    void removeAgent(UUID agentId) {
        agents.remove(agentId);
        agentIds.removeIf(id -> id.equals(agentId));
        clientSessions.removeIf(session -> session.agentId().equals(agentId));
    }

    /// Returns the agent of a user that an id names: the user's own, or the user's agent for a shared one, which has
    /// its id or its name.
    ///
    /// @return empty when the user has none yet
    /// @throws ApiException with status 404 when there is no such agent at all
    Optional<UUID> agentOf(ApiCall call, UUID userId, String agentId) {
        UUID id = id(agentId).orElseThrow(() -> ApiException.unknown("Agent", "agent_id", agentId));
        Optional<Agent> own = call.engine().directories().agent(userId, id);
        return own.or(() -> call.engine().agent(userId, agent(call, agentId).name())).map(Agent::id);
    }

    /// Returns the agent of a user as [#agentOf], and creates it when it is missing.
    UUID createAgentOf(ApiCall call, UUID userId, String agentId) {
        return agentOf(call, userId, agentId).orElseGet(() -> {
            SharedAgent shared = agent(call, agentId);
            try {
                return call.engine().directories().createAgent(userId, shared.id(), shared.name()).id();
            } catch (DuplicateNameException e) {
                // Another request has just created it.
                return agentOf(call, userId, agentId).orElseThrow(() -> e);
            }
        });
    }

    /// Returns the id by which clients know an agent of a user: that of the shared agent of its id or name, if any.
    UUID sharedId(MemoryEngine engine, UUID userId, UUID agentId) {
        return agentIds.get(new AgentKey(userId, agentId), _ -> Optional.of(readSharedId(engine, userId, agentId)))
                .orElse(agentId);
    }

    private UUID readSharedId(MemoryEngine engine, UUID userId, UUID agentId) {
        if (agents.get(agentId, engine.sharedAgents()::find).isPresent()) {
            return agentId;
        }
        return engine.directories().agent(userId, agentId).flatMap(agent -> engine.sharedAgents().find(agent.name()))
                .map(SharedAgent::id).orElse(agentId);
    }
}
