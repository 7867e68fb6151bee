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
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.retrieval.UserIndex;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Reads and ranks the messages of one user, buffered and stored alike. Buffers are always read before the database:
/// a message that moves in between is then seen twice and merged, never missed. Thread-safe.
final class UserReader {
    /// Messages without a vector that a query embeds itself, by words and by age: a bound on what it may cost.
    private static final int EMBEDDED_BY_WORDS = 4;
    private static final int EMBEDDED_BY_AGE = 1;

    private final UserState state;
    private final EngineParts parts;
    private final Supplier<EmbeddingModel> model;

    UserReader(UserState state, EngineParts parts, Supplier<EmbeddingModel> model) {
        this.state = state;
        this.parts = parts;
        this.model = model;
    }

    QueryResult query(String text, int wanted, MemFuseConfig config) {
        int topK = wanted == 0 ? config.buffer().query().maxSize() : wanted;
        long asOf = state.queries().version();
        return state.queries().find(text, topK, config.buffer().query().cacheSize())
                .map(known -> new QueryResult(known.hits(), known.searched(), true)).orElseGet(() -> {
                    QueryResult result = search(text, topK);
                    state.queries().remember(text, topK, result, asOf, config.buffer().query().cacheSize());
                    return result;
                });
    }

    private QueryResult search(String text, int topK) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.FUSE);
        try {
            EmbeddingModel encoder = model.get();
            UserIndex index = state.index().ready(encoder.chunkName(), empty -> load(empty, encoder.chunkName()));
            List<UserIndex.Unembedded> missing = index.candidates(text, EMBEDDED_BY_WORDS, EMBEDDED_BY_AGE);
            List<float[]> vectors = parts.embedding().embed(encoder,
                    Stream.concat(Stream.of(text), missing.stream().map(UserIndex.Unembedded::text)).toList(),
                    Urgency.QUERY);
            for (int i = 0; i < missing.size(); i++) {
                index.vector(List.of(missing.get(i).messageId()), vectors.get(i + 1));
            }
            List<UserIndex.Ranked> ranked = index.search(text, vectors.getFirst(), topK);
            return new QueryResult(hits(ranked), index.size(), false);
        } finally {
            trace.exit(outer);
        }
    }

    private List<QueryResult.Hit> hits(List<UserIndex.Ranked> ranked) {
        Map<UUID, Message> messages = read(ranked.stream().map(UserIndex.Ranked::messageId).toList()).stream()
                .collect(Collectors.toMap(Message::id, message -> message));
        List<QueryResult.Hit> hits = new ArrayList<>();
        for (UserIndex.Ranked rank : ranked) {
            Message message = messages.get(rank.messageId());
            // Deleted since it was ranked.
            if (message != null) {
                hits.add(new QueryResult.Hit(message, rank.score(), rank.dense(), rank.lexical()));
            }
        }
        return List.copyOf(hits);
    }

    /// A message whose stored vector is of another model is found by its words until it is embedded again.
    private void load(UserIndex index, String vectors) {
        List<Message> buffered = state.buffers().messages(_ -> true);
        parts.store().readIndex(state.userId(), message -> index.add(message.id(), message.content()),
                chunk -> {
                    if (chunk.model().equals(vectors)) {
                        index.vector(chunk.messageIds(), chunk.vector());
                    }
                });
        buffered.forEach(message -> index.add(message.id(), message.content()));
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
