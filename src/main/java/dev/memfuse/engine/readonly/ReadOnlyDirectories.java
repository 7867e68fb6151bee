package dev.memfuse.engine.readonly;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Users, agents and sessions of a database that is open read-only.
record ReadOnlyDirectories(Directories all) implements Directories {
    @Override
    public UserEntry createUser(String name, String description) {
        throw new ReadOnlyException();
    }

    @Override
    public List<UserEntry> users(Optional<UUID> after, int limit) {
        return all.users(after, limit);
    }

    @Override
    public Optional<UserEntry> user(UUID userId) {
        return all.user(userId);
    }

    @Override
    public UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description) {
        throw new ReadOnlyException();
    }

    @Override
    public Optional<Agent> agent(UUID userId, UUID agentId) {
        return all.agent(userId, agentId);
    }

    @Override
    public Agent createAgent(UUID userId, UUID agentId, String name) {
        throw new ReadOnlyException();
    }

    @Override
    public List<SessionEntry> sessions(SessionFilter filter) {
        return all.sessions(filter);
    }

    @Override
    public List<SessionEntry> sessionsById(UUID sessionId) {
        return all.sessionsById(sessionId);
    }

    @Override
    public Optional<SessionEntry> session(SessionKey session) {
        return all.session(session);
    }

    @Override
    public List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds) {
        return all.clientSessions(userId, sessionIds);
    }

    @Override
    public SessionEntry renameSession(SessionKey session, String name) {
        throw new ReadOnlyException();
    }
}
