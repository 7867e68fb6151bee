package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.ErasureStore.CurrentMessages;
import dev.memfuse.engine.spi.MemoryStore;

/// Reads the messages of one user, buffered and stored. Buffers are read before the database: a message that is flushed
/// in between is then read twice and merged, never missed. Thread-safe.
final class UserMessages {
    /// As PostgreSQL compares them.
    private static final Comparator<Message> BY_ID = Comparator.comparing(message -> message.id().toString());

    private final UserState state;
    private final ServiceContext context;

    UserMessages(UserState state, ServiceContext context) {
        this.state = state;
        this.context = context;
    }

    /// Returns messages of a session; only buffered ones, marked as degraded, while the database is unreachable.
    ///
    /// @param limit maximum number of messages
    MessageList list(SessionKey session, int limit, Order order) {
        List<Message> buffered = state.buffers().messages(session);
        return context.health().readOr(() -> MessageList.complete(merged(session, buffered, limit, order)),
                () -> MessageList.degraded(page(distinct(buffered, new HashSet<>()), limit, order)));
    }

    /// Returns buffered messages of a session, oldest first.
    List<Message> buffered(SessionKey session) {
        return distinct(state.buffers().messages(session), new HashSet<>());
    }

    private List<Message> merged(SessionKey session, List<Message> buffered, int limit, Order order) {
        MemoryStore store = context.store();
        List<Message> stored = store.replicas().reading(state.userId(),
                () -> store.messages().ofSession(session, limit, order));
        if (buffered.isEmpty()) {
            return stored;
        }
        // A message that was added twice is buffered twice and stored once.
        List<Message> rest = distinct(buffered,
                stored.stream().map(Message::id).collect(Collectors.toCollection(HashSet::new)));
        List<Message> all = new ArrayList<>(stored);
        all.addAll(stored.size() < limit ? rest : withSequences(session, rest));
        if (order.isById()) {
            return page(all, limit, order);
        }
        // The sort is stable: messages without a sequence keep the order of their arrival, after all that have one.
        all.sort(Comparator.comparingLong(Message::sequence));
        return page(all, limit, order);
    }

    private static List<Message> distinct(List<Message> messages, Set<UUID> seen) {
        return messages.stream().filter(message -> seen.add(message.id())).toList();
    }

    private static List<Message> page(List<Message> oldestFirst, int limit, Order order) {
        List<Message> ascending = order.isById() ? oldestFirst.stream().sorted(BY_ID).toList() : oldestFirst;
        List<Message> ordered = order.isAscending() ? ascending : ascending.reversed();
        return ordered.subList(0, Math.min(limit, ordered.size()));
    }

    /// A full page may lack a message that was buffered when the buffers were read and is stored by now. Such a message
    /// gets its sequence from the database. One that still waits in the buffers was not stored before.
    private List<Message> withSequences(SessionKey session, List<Message> buffered) {
        Set<UUID> waiting = state.buffers().messages(session).stream()
                .filter(message -> message.origin() != Message.Origin.IN_FLIGHT)
                .map(Message::id).collect(Collectors.toSet());
        List<UUID> left = buffered.stream().map(Message::id).filter(id -> !waiting.contains(id)).toList();
        if (left.isEmpty()) {
            return buffered;
        }
        Map<UUID, Message> stored = stored(left).stream()
                .collect(Collectors.toMap(Message::id, message -> message));
        return buffered.stream().map(message -> stored.getOrDefault(message.id(), message)).toList();
    }

    /// Returns the messages with these ids in their order, without unknown ones; degraded as in [#list]. Runs at most
    /// one statement.
    MessageList read(Collection<UUID> ids) {
        Set<UUID> requested = new HashSet<>(ids);
        Map<UUID, Message> found = new LinkedHashMap<>();
        state.buffers().messages(requested)
                .forEach(message -> found.put(message.id(), message));
        List<UUID> rest = ids.stream().filter(id -> !found.containsKey(id)).distinct().toList();
        if (rest.isEmpty()) {
            return MessageList.complete(inOrder(ids, found));
        }
        return context.health().readOr(() -> {
            stored(rest).forEach(message -> found.put(message.id(), message));
            return MessageList.complete(inOrder(ids, found));
        }, () -> MessageList.degraded(inOrder(ids, found)));
    }

    private List<Message> stored(Collection<UUID> ids) {
        MemoryStore store = context.store();
        return store.replicas().reading(state.userId(), () -> store.messages().read(state.userId(), ids));
    }

    /// Messages of a query's hits.
    ///
    /// @param erased time of the user's last deletion as of the same instant; empty while the database is unreachable
    record Current(List<Message> messages, OptionalLong erased) {}

    /// Returns the messages with these ids in their order, without unknown and deleted ones. Runs one statement.
    Current current(Collection<UUID> ids) {
        Set<UUID> rest = new LinkedHashSet<>(ids);
        Map<UUID, Message> found = new HashMap<>();
        for (Message message : state.buffers().messages(message -> rest.contains(message.id()))) {
            found.put(message.id(), message);
        }
        rest.removeAll(found.keySet());
        return context.health().readOr(() -> {
            MemoryStore store = context.store();
            CurrentMessages current = store.replicas().reading(state.userId(),
                    () -> store.erasures().readCurrent(state.userId(), rest));
            current.messages().forEach(message -> found.put(message.id(), message));
            return new Current(inOrder(ids, found), OptionalLong.of(current.erased()));
        }, () -> new Current(inOrder(ids, found), OptionalLong.empty()));
    }

    private static List<Message> inOrder(Collection<UUID> ids, Map<UUID, Message> found) {
        List<Message> ordered = new ArrayList<>();
        for (UUID id : new LinkedHashSet<>(ids)) {
            Message message = found.get(id);
            if (message != null) {
                ordered.add(message);
            }
        }
        return List.copyOf(ordered);
    }
}
