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
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.QueryBuffer;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the messages of one user and answers queries about them, buffered and stored alike. Buffers are always read before the database:
/// a message that moves in between is then seen twice and merged, never missed. Thread-safe.
final class UserReader {
    private static final Logger LOG = LoggerFactory.getLogger(UserReader.class);

    private final UserState state;
    private final EngineComponents parts;
    private final UserSearch search;

    /// @param urgency of the questions' embedding
    UserReader(UserState state, EngineComponents parts, Supplier<EmbeddingModel> model, Urgency urgency) {
        this.state = state;
        this.parts = parts;
        this.search = new UserSearch(state, parts, model, urgency);
    }

    QueryResult query(QueryRequest asked, MemFuseConfig config) {
        int capacity = config.buffer().query().cacheSize();
        if (config.buffer().speculativeBuffer().enabled()) {
            state.speculation().asked(asked, config.buffer().speculativeBuffer());
        }
        QueryBuffer.Key key = key(asked, config);
        long asOf = state.queries().version();
        return state.queries().find(key, capacity)
                .map(QueryResult::asCached).orElseGet(() -> {
                    QueryResult result = answer(key.request(), config);
                    if (!result.degraded()) {
                        state.queries().remember(key, result, asOf, capacity);
                    }
                    return result;
                });
    }

    private static QueryBuffer.Key key(QueryRequest asked, MemFuseConfig config) {
        QueryRequest request = asked.topK() == 0 ? asked.withTopK(config.buffer().query().maxSize()) : asked;
        return new QueryBuffer.Key(request, List.of(config.retrieval(), config.buffer().roundBuffer().tokenModel()));
    }

    /// Answers a question before it is asked, unless the answer is remembered already.
    void prefetch(QueryRequest likely, MemFuseConfig config) {
        QueryBuffer.Key key = key(likely, config);
        long asOf = state.queries().version();
        if (!state.queries().knows(key)) {
            QueryResult result = answer(key.request(), config);
            if (!result.degraded()) {
                state.queries().prefetched(key, result, asOf, config.buffer().query().cacheSize());
            }
        }
    }

    /// Without the database the ranking goes on if the user's index is open; hits whose text is not buffered are missing.
    private QueryResult answer(QueryRequest request, MemFuseConfig config) {
        QueryResult result = withStorage(() -> search.answer(request, config, this::read),
                () -> new QueryResult(List.of(), 0, false, true));
        return parts.health().down() ? result.asDegraded() : result;
    }

    MessageList messages(SessionKey session, int limit, Order order) {
        List<Message> buffered = state.buffers().messages(message -> message.session().equals(session));
        return withStorage(() -> MessageList.complete(merged(session, buffered, limit, order)),
                () -> MessageList.degraded(page(distinct(buffered, new HashSet<>()), limit, order)));
    }

    private List<Message> merged(SessionKey session, List<Message> buffered, int limit, Order order) {
        List<Message> stored = parts.store().messages(session, limit, order);
        if (buffered.isEmpty()) {
            return stored;
        }
        // A message that was added twice is buffered twice and stored once.
        List<Message> rest = distinct(buffered,
                stored.stream().map(Message::id).collect(Collectors.toCollection(HashSet::new)));
        List<Message> all = new ArrayList<>(stored);
        all.addAll(stored.size() < limit ? rest : withPlaces(rest));
        // Stable: messages without a place keep the order of their arrival, after all that have one.
        all.sort(Comparator.comparingLong(Message::sequence));
        return page(all, limit, order);
    }

    private static List<Message> distinct(List<Message> messages, Set<UUID> known) {
        return messages.stream().filter(message -> known.add(message.id())).toList();
    }

    private static List<Message> page(List<Message> oldestFirst, int limit, Order order) {
        List<Message> ordered = order == Order.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed();
        return ordered.subList(0, Math.min(limit, ordered.size()));
    }

    /// Asks storage, unless it is known to be out of reach or turns out to be.
    private <T> T withStorage(Supplier<T> whole, Supplier<T> degraded) {
        try {
            return parts.health().down() ? degraded.get() : parts.health().watch(whole);
        } catch (StorageUnavailableException e) {
            // A pool without a free connection is an error of its own, and no reason to give half an answer.
            if (!parts.health().confirmedDown()) {
                throw e;
            }
            LOG.debug("Query: degraded, {}", e.getMessage());
            return degraded.get();
        }
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

    MessageList read(Collection<UUID> ids) {
        Set<UUID> wanted = new HashSet<>(ids);
        Map<UUID, Message> found = new LinkedHashMap<>();
        state.buffers().messages(message -> wanted.contains(message.id()))
                .forEach(message -> found.put(message.id(), message));
        List<UUID> rest = ids.stream().filter(id -> !found.containsKey(id)).distinct().toList();
        if (rest.isEmpty()) {
            return MessageList.complete(inOrder(ids, found));
        }
        return withStorage(() -> {
            parts.store().read(state.userId(), rest).forEach(message -> found.put(message.id(), message));
            return MessageList.complete(inOrder(ids, found));
        }, () -> MessageList.degraded(inOrder(ids, found)));
    }

    private static List<Message> inOrder(Collection<UUID> ids, Map<UUID, Message> found) {
        return ids.stream().distinct().map(found::get).filter(java.util.Objects::nonNull).toList();
    }
}
