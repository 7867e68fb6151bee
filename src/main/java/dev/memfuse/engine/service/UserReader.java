package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.QueryBuffer;
import dev.memfuse.engine.model.EmbeddingModel;

/// Reads the messages of one user and answers queries about them, buffered and stored alike. Buffers are always read before the database:
/// a message that moves in between is then seen twice and merged, never missed. Thread-safe.
final class UserReader {
    private final UserState state;
    private final EngineParts parts;
    private final UserSearch search;

    UserReader(UserState state, EngineParts parts, Supplier<EmbeddingModel> model) {
        this.state = state;
        this.parts = parts;
        this.search = new UserSearch(state, parts, model);
    }

    QueryResult query(QueryRequest asked, MemFuseConfig config) {
        int capacity = config.buffer().query().cacheSize();
        QueryRequest request = asked.topK() == 0 ? asked.withTopK(config.buffer().query().maxSize()) : asked;
        QueryBuffer.Key key = new QueryBuffer.Key(request,
                List.of(config.retrieval(), config.buffer().roundBuffer().tokenModel()));
        long asOf = state.queries().version();
        return state.queries().find(key, capacity)
                .map(known -> new QueryResult(known.hits(), known.searched(), true)).orElseGet(() -> {
                    QueryResult result = search.answer(request, config, this::read);
                    state.queries().remember(key, result, asOf, capacity);
                    return result;
                });
    }

    List<Message> messages(SessionKey session, int limit, Order order) {
        List<Message> buffered = state.buffers().messages(message -> message.session().equals(session));
        List<Message> stored = parts.store().messages(session, limit, order);
        if (buffered.isEmpty()) {
            return stored;
        }
        Set<UUID> known = stored.stream().map(Message::id).collect(Collectors.toCollection(HashSet::new));
        // A message that was added twice is buffered twice and stored once.
        List<Message> rest = buffered.stream().filter(message -> known.add(message.id())).toList();
        List<Message> all = new ArrayList<>(stored);
        all.addAll(stored.size() < limit ? rest : withPlaces(rest));
        // Stable: messages without a place keep the order of their arrival, after all that have one.
        all.sort(Comparator.comparingLong(Message::sequence));
        List<Message> ordered = order == Order.OLDEST_FIRST ? all : all.reversed();
        return List.copyOf(ordered.subList(0, Math.min(limit, ordered.size())));
    }

    /// A full page may leave out a message that was in flight when we looked and is stored by now: such a message gets
    /// the place it has in the database.
    private List<Message> withPlaces(List<Message> buffered) {
        List<UUID> flying = buffered.stream().filter(message -> message.origin() == Message.Origin.IN_FLIGHT)
                .map(Message::id).toList();
        Map<UUID, Message> stored = parts.store().read(state.userId(), flying).stream()
                .collect(Collectors.toMap(Message::id, message -> message));
        return buffered.stream().map(message -> stored.getOrDefault(message.id(), message)).toList();
    }

    List<Message> read(Collection<UUID> ids) {
        Set<UUID> wanted = new HashSet<>(ids);
        Map<UUID, Message> found = new LinkedHashMap<>();
        state.buffers().messages(message -> wanted.contains(message.id()))
                .forEach(message -> found.put(message.id(), message));
        List<UUID> rest = ids.stream().filter(id -> !found.containsKey(id)).distinct().toList();
        parts.store().read(state.userId(), rest).forEach(message -> found.put(message.id(), message));
        return ids.stream().distinct().map(found::get).filter(java.util.Objects::nonNull).toList();
    }
}
