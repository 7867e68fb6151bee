package dev.memfuse.engine.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.IdAlias;

/// Resolves ids that were given out while the database was away and whose names existed there (ADR 0026). Callers may
/// use them for good. Thread-safe.
final class IdAliases {
    private final Map<UUID, IdAlias> byAlias = new ConcurrentHashMap<>();

    boolean isEmpty() {
        return byAlias.isEmpty();
    }

    void add(Collection<IdAlias> aliases) {
        aliases.forEach(alias -> byAlias.put(alias.alias(), alias));
    }

    /// Returns the user that an id stands for.
    UUID user(UUID userId) {
        return id(userId);
    }

    /// Returns the session that a key stands for.
    SessionKey session(SessionKey key) {
        return byAlias.isEmpty() ? key : new SessionKey(id(key.userId()), id(key.sessionId()));
    }

    /// Returns the id that an id stands for, usually itself.
    UUID id(UUID id) {
        IdAlias alias = byAlias.isEmpty() ? null : byAlias.get(id);
        return alias == null ? id : alias.target();
    }

    /// Returns the ids that these ids stand for.
    Set<UUID> ids(Set<UUID> ids) {
        return byAlias.isEmpty() ? ids : ids.stream().map(this::id).collect(Collectors.toUnmodifiableSet());
    }

    /// Returns a query whose filter has the ids that its own stand for.
    QueryRequest resolved(QueryRequest request) {
        QueryFilter filter = request.filter();
        return byAlias.isEmpty() || (filter.sessions().isEmpty() && filter.agents().isEmpty())
                ? request
                : request.within(new QueryFilter(ids(filter.sessions()), ids(filter.agents()), filter.from(),
                        filter.until(), filter.layers()));
    }

    /// Returns the ids that are no known aliases.
    Set<UUID> without(Set<UUID> ids) {
        return ids.stream().filter(id -> !byAlias.containsKey(id)).collect(Collectors.toUnmodifiableSet());
    }

    /// Returns the aliases of an id.
    List<UUID> of(UUID target) {
        return byAlias.values().stream().filter(alias -> alias.target().equals(target)).map(IdAlias::alias).toList();
    }
}
