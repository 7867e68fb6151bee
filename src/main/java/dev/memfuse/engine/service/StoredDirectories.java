package dev.memfuse.engine.service;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.spi.IdAlias;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.metrics.Operation;

/// Checks values and reads the directories in the database, after what was created while it was away is stored.
final class StoredDirectories implements Directories {
    private static final int MAX_LIMIT = 10_000;

    private final MemoryStore store;
    private final Directory directory;
    private final UnsettledCreations creations;
    private final ResolvedCalls calls;
    private final TimedCalls timed;

    StoredDirectories(MemoryStore store, Directory directory, UnsettledCreations creations, ResolvedCalls calls,
            TimedCalls timed) {
        this.store = store;
        this.directory = directory;
        this.creations = creations;
        this.calls = calls;
        this.timed = timed;
    }

    /// Returns a description that can be stored.
    static String description(String description) {
        if (TextCheck.bytes("description", description) > MAX_DESCRIPTION_BYTES) {
            throw new InvalidValueException("description", "description is longer than " + MAX_DESCRIPTION_BYTES
                    + " bytes. Shorten it.");
        }
        return description;
    }

    @Override
    public UserEntry createUser(String name, String description) {
        String checked = TextCheck.name("name", name);
        String text = description(description);
        User user = timed.run(Operation.CREATE, () -> directory.createDescribed(checked, text));
        return new UserEntry(user, Optional.of(description), user.createdAt());
    }

    @Override
    public List<UserEntry> users(Optional<UUID> after, int limit) {
        ValueCheck.present("after", after);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        creations.settleUsers();
        return store.directories().users(after, limit);
    }

    @Override
    public Optional<UserEntry> user(UUID userId) {
        return calls.read(ValueCheck.present("userId", userId), store.directories()::userEntry, Optional::isEmpty);
    }

    @Override
    public UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description) {
        Optional<String> checked = name.map(text -> TextCheck.name("name", text));
        Optional<String> text = description.map(StoredDirectories::description);
        return calls.stored(ValueCheck.present("userId", userId), owner -> {
            UserEntry updated = store.directories().updateUser(owner, checked, text);
            directory.renamed(updated.user());
            return updated;
        });
    }

    @Override
    public Optional<Agent> agent(UUID userId, UUID agentId) {
        Set<UUID> ids = Set.copyOf(List.of(ValueCheck.present("userId", userId), ValueCheck.present("agentId", agentId))
                .stream().distinct().toList());
        return calls.read(userId, ids, owner -> store.directories().agent(owner, creations.aliases().id(agentId)),
                Optional::isEmpty);
    }

    @Override
    public Agent createAgent(UUID userId, UUID agentId, String name) {
        String checked = TextCheck.name("name", name);
        ValueCheck.present("agentId", agentId);
        ValueCheck.present("userId", userId);
        return timed.run(Operation.CREATE, () -> calls.write(userId, Set.of(userId),
                owner -> directory.createAgent(owner, agentId, checked)));
    }

    @Override
    public List<SessionEntry> sessions(SessionFilter filter) {
        ValueCheck.present("filter", filter);
        if (filter.userId().isEmpty()) {
            creations.settleUsers();
            return store.directories().sessions(canonical(filter, Optional.empty()));
        }
        return calls.read(filter.userId().get(),
                owner -> store.directories().sessions(canonical(filter, Optional.of(owner))),
                List::isEmpty);
    }

    private SessionFilter canonical(SessionFilter filter, Optional<UUID> owner) {
        return new SessionFilter(owner, filter.agentId().map(creations.aliases()::id),
                filter.agentName().map(name -> canonical("agentName", name)),
                filter.name().map(name -> canonical("name", name)), filter.limit());
    }

    private static String canonical(String field, String name) {
        return TextCheck.canonicalName(TextCheck.storable(field, name));
    }

    @Override
    public List<SessionEntry> sessionsById(UUID sessionId) {
        List<SessionEntry> found = store.directories().sessionsById(ValueCheck.present("sessionId", sessionId));
        return found.isEmpty() ? ofAlias(sessionId) : found;
    }

    private List<SessionEntry> ofAlias(UUID sessionId) {
        return store.aliases().of(Set.of(sessionId)).stream()
                .flatMap((IdAlias alias) -> session(new SessionKey(alias.userId(), alias.target())).stream()).toList();
    }

    @Override
    public Optional<SessionEntry> session(SessionKey session) {
        ValueCheck.present("session", session);
        return calls.read(session.userId(),
                Set.copyOf(List.of(session.userId(), session.sessionId()).stream().distinct().toList()),
                _ -> store.directories().sessionEntry(creations.aliases().session(session)), Optional::isEmpty);
    }

    @Override
    public List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds) {
        List<UUID> ids = ValueCheck.ids("sessionIds", sessionIds);
        return calls.read(ValueCheck.present("userId", userId),
                owner -> store.directories().clientSessions(owner, ids), List::isEmpty);
    }

    @Override
    public SessionEntry renameSession(SessionKey session, String name) {
        String checked = TextCheck.name("name", name);
        return calls.stored(ValueCheck.present("session", session),
                target -> store.directories().renameSession(target, checked));
    }
}
