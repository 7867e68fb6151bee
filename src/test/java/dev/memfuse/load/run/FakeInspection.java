package dev.memfuse.load.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.RetrievalConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// An inspection of lists in memory, which a test fills.
public final class FakeInspection implements Inspection {
    public final List<User> users = new CopyOnWriteArrayList<>();
    public final List<Session> sessions = new CopyOnWriteArrayList<>();
    public final List<Message> stored = new CopyOnWriteArrayList<>();
    public final Map<UUID, MessageLayers> layers = new ConcurrentHashMap<>();
    public final List<BufferedUser> bufferedUsers = new CopyOnWriteArrayList<>();
    public final List<Message> bufferedMessages = new CopyOnWriteArrayList<>();
    public MemFuseConfig config = new ConfigLoader().load();
    /// Answers queries.
    public BiFunction<QueryRequest, RetrievalConfig, QueryResult> answers = (_, _) -> new QueryResult(List.of(), 0, 0,
            0, false, false);
    /// Called by each call, before it.
    public volatile Runnable before = () -> {};

    @Override
    public MemFuseConfig config() {
        return config;
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<User> users(String part, Optional<UUID> after, int limit) {
        before.run();
        return users.stream().filter(user -> contains(user.name(), part))
                .filter(user -> after.isEmpty() || user.id().compareTo(after.get()) > 0).limit(limit).toList();
    }

    @Override
    public List<Session> sessions(UUID userId, String part, Optional<UUID> after, int limit) {
        before.run();
        return sessions.stream().filter(session -> session.key().userId().equals(userId))
                .filter(session -> contains(session.name(), part))
                .filter(session -> after.isEmpty() || session.key().sessionId().compareTo(after.get()) > 0)
                .limit(limit).toList();
    }

    @Override
    public List<Message> stored(SessionKey session, long sequence, Order order, int limit) {
        before.run();
        List<Message> found = new ArrayList<>(stored.stream().filter(one -> one.session().equals(session))
                .filter(one -> order == Order.NEWEST_FIRST ? one.sequence() < sequence : one.sequence() > sequence)
                .sorted(Comparator.comparingLong(Message::sequence)).toList());
        return (order == Order.NEWEST_FIRST ? found.reversed() : found).stream().limit(limit).toList();
    }

    @Override
    public Map<UUID, MessageLayers> layers(UUID userId, Collection<UUID> messageIds) {
        before.run();
        return messageIds.stream().filter(layers::containsKey)
                .collect(Collectors.toMap(id -> id, id -> layers.getOrDefault(id, MessageLayers.NONE)));
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request, RetrievalConfig retrieval) {
        before.run();
        return answers.apply(request, retrieval);
    }

    @Override
    public List<BufferedUser> buffered(int limit) {
        before.run();
        return bufferedUsers.stream().limit(limit).toList();
    }

    @Override
    public List<Message> buffered(UUID userId, int limit) {
        return bufferedMessages.stream().filter(one -> one.session().userId().equals(userId)).limit(limit).toList();
    }

    @Override
    public UUID agentOf(SessionKey session) {
        return sessions.stream().filter(one -> one.key().equals(session)).findFirst().orElseThrow().agentId();
    }
}
