package dev.memfuse.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.Directories.ClientSession;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.ApiKeySql;
import dev.memfuse.store.sql.NameSql;
import dev.memfuse.store.sql.SharedAgentSql;

/// What servers need of the storage, on PostgreSQL. Delegates to one class of statements per aggregate. Thread-safe.
final class PgDirectoryStore implements DirectoryStore {
    private final NameSql names;
    private final SharedAgentSql sharedAgents;
    private final ApiKeySql keys;

    PgDirectoryStore(Database database) {
        names = new NameSql(database);
        sharedAgents = new SharedAgentSql(database);
        keys = new ApiKeySql(database);
    }

    @Override
    public void create(User user, String description) {
        names.create(user, description);
    }

    @Override
    public List<UserEntry> users(Optional<UUID> after, int limit) {
        return names.users(after, limit);
    }

    @Override
    public Optional<UserEntry> userEntry(UUID userId) {
        return names.user(userId);
    }

    @Override
    public UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description) {
        return names.update(userId, name, description);
    }

    @Override
    public Optional<Agent> agent(UUID userId, UUID agentId) {
        return names.agent(userId, agentId);
    }

    @Override
    public List<SessionEntry> sessions(SessionFilter filter) {
        return names.sessions(filter);
    }

    @Override
    public List<SessionEntry> sessionsById(UUID sessionId) {
        return names.sessionsById(sessionId);
    }

    @Override
    public Optional<SessionEntry> sessionEntry(SessionKey key) {
        return names.session(key);
    }

    @Override
    public List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds) {
        return names.clientSessions(userId, sessionIds);
    }

    @Override
    public SessionEntry renameSession(SessionKey key, String name) {
        return names.rename(key, name);
    }

    @Override
    public void createSharedAgent(UUID agentId, String name, Optional<String> description) {
        sharedAgents.create(agentId, name, description);
    }

    @Override
    public List<SharedAgent> sharedAgents() {
        return sharedAgents.all();
    }

    @Override
    public Optional<SharedAgent> sharedAgent(UUID agentId) {
        return sharedAgents.find(agentId);
    }

    @Override
    public Optional<SharedAgent> sharedAgent(String name) {
        return sharedAgents.find(name);
    }

    @Override
    public SharedAgent updateSharedAgent(UUID agentId, Optional<String> name, Optional<String> description) {
        return sharedAgents.update(agentId, name, description);
    }

    @Override
    public boolean deleteSharedAgent(UUID agentId) {
        return sharedAgents.delete(agentId);
    }

    @Override
    public ApiKey createKey(UUID keyId, Optional<UUID> userId, byte[] hash, Optional<String> name,
            Optional<Instant> expiresAt) {
        return keys.create(keyId, userId, hash, name, expiresAt);
    }

    @Override
    public List<ApiKey> keys(Optional<UUID> userId) {
        return keys.list(userId);
    }

    @Override
    public Optional<ApiKey> key(UUID keyId, Optional<UUID> userId, byte[] hash) {
        return keys.find(keyId, userId, hash);
    }

    @Override
    public boolean deleteKey(UUID keyId, Optional<UUID> userId) {
        return keys.delete(keyId, userId);
    }

    @Override
    public boolean hasKeys() {
        return keys.any();
    }
}
