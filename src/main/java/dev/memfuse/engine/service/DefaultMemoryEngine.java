package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Implementation of the engine's API: checks arguments, measures each operation and passes it to the user's service.
/// Owns an [EngineRuntime]. Thread-safe.
public final class DefaultMemoryEngine implements MemoryEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultMemoryEngine.class);
    private static final int MAX_LIMIT = 10_000;

    private final EngineRuntime runtime;

    /// Starts an engine and resumes the work that an earlier process left in the journal and in the work list.
    public DefaultMemoryEngine(EngineDependencies dependencies, Tunables tunables, MetricsHub metrics) {
        runtime = new EngineRuntime(dependencies, tunables, metrics);
    }

    /// Measures a call for a user and keeps it apart from deletions of the user's data.
    private <T> T userCall(Operation operation, UUID userId, Supplier<T> work) {
        return runtime.gate.whileOpen(() -> measured(operation, () -> runtime.locks.shared(userId, work)));
    }

    private DeleteResult deletion(UUID userId, Function<UserDeleter, DeleteResult> work) {
        if (runtime.health.isDown()) {
            // The deletion would block until the database is back, and all other calls of the user with it.
            throw new StorageUnavailableException(
                    "Nothing can be deleted while the database cannot be reached. Try again when it is back.", "",
                    null);
        }
        return runtime.gate.whileOpen(() -> measured(Operation.DELETE, () -> runtime.locks.exclusive(userId,
                () -> work.apply(new UserDeleter(runtime.states.of(userId), runtime.context)))));
    }

    private <T> T measured(Operation operation, Supplier<T> work) {
        Trace trace = runtime.metrics.begin(operation);
        boolean failed = true;
        try {
            T result = work.get();
            failed = false;
            return result;
        } finally {
            runtime.metrics.end(trace, failed);
        }
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    private static void requireLimit(int limit) {
        require(limit >= 1 && limit <= MAX_LIMIT, "limit must be between 1 and " + MAX_LIMIT + ", not " + limit + ".");
    }

    @Override
    public User createUser(String name) {
        require(!name.isBlank(), "A user needs a name.");
        return runtime.store.createUser(name);
    }

    @Override
    public Optional<User> user(String name) {
        return runtime.store.user(name);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        require(!name.isBlank(), "An agent needs a name.");
        return runtime.store.createAgent(userId, name);
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return runtime.store.agent(userId, name);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        require(name == null || !name.isBlank(), "The name of a session must not be blank.");
        Session session = runtime.store.createSession(userId, agentId, name);
        runtime.states.find(userId).ifPresent(state -> state.sessions().clearAgents());
        return session;
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return runtime.store.sessions(userId);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        require(!messages.isEmpty(), "A batch needs at least one message.");
        List<NewMessage> batch = List.copyOf(messages);
        return userCall(Operation.ADD, session.userId(),
                () -> runtime.services.call(session.userId(), runtime.tunables.get(),
                        (service, config) -> service.writer().add(session, batch, config)));
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        return userCall(Operation.QUERY, userId, () -> runtime.services.call(userId, runtime.tunables.get(),
                (service, config) -> service.queries().query(request, config)));
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        requireLimit(limit);
        return userCall(Operation.LIST, session.userId(),
                () -> runtime.services.call(session.userId(), runtime.tunables.get(),
                        (service, _) -> service.messages().list(session, limit, order)));
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return userCall(Operation.READ, userId,
                () -> runtime.services.call(userId, runtime.tunables.get(),
                        (service, _) -> service.messages().read(ids)));
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return deletion(session.userId(), deleter -> deleter.messages(session, ids));
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        return deletion(session.userId(), deleter -> deleter.session(session));
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        return deletion(userId, deleter -> {
            DeleteResult result = deleter.user();
            runtime.services.remove(userId);
            runtime.states.remove(userId);
            LOG.info("Engine: user {} deleted, {} stored and {} buffered messages", userId, result.messages(),
                    result.buffered());
            return result;
        });
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        runtime.gate.whileOpen(() -> {
            runtime.drain.drain(userId).ifPresent(failure -> {
                throw failure;
            });
            runtime.store.readUser(userId, each);
            LOG.info("Engine: user {} exported", userId);
            return true;
        });
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        require(name == null || !name.isBlank(), "A user needs a name.");
        return runtime.gate.whileOpen(() -> {
            User user = runtime.store.importUser(name, records);
            // An earlier query for this id may have cached that there is nothing.
            runtime.states.find(user.id()).ifPresent(UserState::deleteDerived);
            runtime.extraction.recover(List.of(user.id()));
            LOG.info("Engine: user {} imported", user.id());
            return user;
        });
    }

    @Override
    public Reembedding reembedding() {
        return runtime.reembedding;
    }

    @Override
    public DeadLetters deadLetters() {
        return runtime.deadLetters;
    }

    @Override
    public boolean awaitExtraction(Duration limit) {
        return runtime.extraction.awaitIdle(limit);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        requireLimit(query.limit());
        return runtime.store.facts(userId, query);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        requireLimit(query.limit());
        return runtime.store.episodes(userId, query);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        List<LayerResult> results = runtime.store.layerResults(userId, roundId);
        if (results.isEmpty()) {
            throw new NotFoundException("The user has no such round in storage.");
        }
        return results;
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return runtime.store.extractionStatus();
    }

    @Override
    public int retryFailed() {
        int items = runtime.store.retryFailed();
        runtime.extraction.pollNow();
        return items;
    }

    @Override
    public void flush() {
        runtime.drain.drainAll();
    }

    /// Rejects further calls, stores buffered messages within `buffer.performance.shutdown_timeout`, then stops all
    /// background work and releases the models. Messages that are not stored in that time stay in the journal for the
    /// next start; those that are in no journal are lost, and the log says how many. Blocks until done.
    @Override
    public void close() {
        runtime.close();
    }
}
