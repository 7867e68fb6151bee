package dev.memfuse.engine.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.RetrievalConfig;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.InspectionStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;

/// Implementation of [Inspection] on an engine's runtime.
final class EngineInspection implements Inspection {
    private static final int MAX_LIMIT = 10_000;

    private final EngineRuntime runtime;
    private final InspectionStore store;

    EngineInspection(EngineRuntime runtime) {
        this.runtime = runtime;
        store = runtime.store.inspection();
    }

    @Override
    public MemFuseConfig config() {
        return runtime.tunables.get();
    }

    @Override
    public List<User> users(String part, Optional<UUID> after, int limit) {
        String text = part("part", part);
        ValueCheck.present("after", after);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        runtime.creations.settleUsers();
        return store.users(text, after, limit);
    }

    private static String part(String field, String part) {
        return TextCheck.composed(TextCheck.storable(field, part));
    }

    @Override
    public List<Session> sessions(UUID userId, String part, Optional<UUID> after, int limit) {
        String text = part("part", part);
        ValueCheck.present("after", after);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        return runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> store.sessions(owner, text, after, limit), List::isEmpty);
    }

    @Override
    public List<Message> stored(SessionKey session, long sequence, Order order, int limit) {
        ValueCheck.present("session", session);
        ValueCheck.present("order", order);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        return runtime.calls.read(session, target -> store.messages(target, sequence, order, limit));
    }

    @Override
    public Map<UUID, MessageLayers> layers(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = ValueCheck.ids("messageIds", messageIds);
        return runtime.calls.read(ValueCheck.present("userId", userId), owner -> store.layers(owner, ids),
                Map::isEmpty);
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request, RetrievalConfig retrieval) {
        ValueCheck.present("request", request);
        ValueCheck.present("retrieval", retrieval);
        MemFuseConfig now = runtime.tunables.get();
        BatchCheck.query(request.text(), now.buffer());
        Set<UUID> ids = new HashSet<>(request.filter().sessions());
        ids.addAll(request.filter().agents());
        ids.add(ValueCheck.present("userId", userId));
        return runtime.calls.read(userId, ids,
                owner -> runtime.answer(owner, request, with(now, retrieval)), result -> result.searched() == 0);
    }

    private static MemFuseConfig with(MemFuseConfig config, RetrievalConfig retrieval) {
        return new MemFuseConfig(config.postgres(), config.network(), config.buffer(), config.memoryService(),
                config.layers(), config.llm(), config.embedding(), config.services(), config.queries(), retrieval,
                config.monitoring(), config.load(), config.server());
    }

    @Override
    public List<BufferedUser> buffered(int limit) {
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        record Filled(UserState state, UserBuffers.Depth depth) {
            int messages() {
                return depth.round() + depth.hybrid() + depth.inFlight();
            }
        }
        return runtime.states.buffering().stream().map(state -> new Filled(state, state.buffers().depth()))
                .filter(filled -> filled.messages() > 0)
                .sorted(Comparator.comparingInt(Filled::messages).reversed()).limit(limit)
                .map(filled -> new BufferedUser(filled.state().userId(), name(filled.state().userId()),
                        filled.depth().round(), filled.depth().hybrid(), filled.depth().inFlight(),
                        filled.state().buffers().sessions().size()))
                .toList();
    }

    private String name(UUID userId) {
        return runtime.health.readOr(() -> runtime.store.accounts().user(userId), Optional::<User>empty).map(User::name)
                .orElse("");
    }

    @Override
    public List<Message> buffered(UUID userId, int limit) {
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        UUID owner = runtime.creations.aliases().user(ValueCheck.present("userId", userId));
        return runtime.states.find(owner).map(state -> state.buffers().messagesInMemory()).orElse(List.of()).stream()
                .limit(limit).toList();
    }

    @Override
    public UUID agentOf(SessionKey session) {
        ValueCheck.present("session", session);
        return runtime.calls.read(session, target -> runtime.store.accounts().session(target).map(Session::agentId)
                .orElseThrow(() -> new NotFoundException("The user has no such session.")));
    }
}
