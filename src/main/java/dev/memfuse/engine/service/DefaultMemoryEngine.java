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

/// The memory engine: checks arguments, times each operation, and gives it to the user's service.
public final class DefaultMemoryEngine implements MemoryEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultMemoryEngine.class);
    private static final int MAX_LIMIT = 10_000;

    private final EngineRuntime engine;

    /// Builds an engine and lets it continue what an earlier process left in the journal and in the work list.
    public DefaultMemoryEngine(EngineDependencies environment, Tunables tunables, MetricsHub metrics) {
        engine = new EngineRuntime(environment, tunables, metrics);
    }

    /// A call for a user: measured, and never in the middle of a deletion.
    private <T> T timed(Operation operation, UUID userId, Supplier<T> work) {
        return engine.whileOpen(() -> measured(operation, () -> engine.gates.beside(userId, work)));
    }

    private DeleteResult deletion(UUID userId, Function<UserDeleter, DeleteResult> work) {
        if (engine.health.down()) {
            // It would wait for the database, and every other call of the user for it.
            throw new StorageUnavailableException(
                    "Nothing can be deleted while the database cannot be reached. Try again when it is back.", "",
                    null);
        }
        return engine.whileOpen(() -> measured(Operation.DELETE, () -> engine.gates.alone(userId,
                () -> work.apply(new UserDeleter(engine.state(userId), engine.parts)))));
    }

    private <T> T measured(Operation operation, Supplier<T> work) {
        Trace trace = engine.metrics.begin(operation);
        boolean failed = true;
        try {
            T result = work.get();
            failed = false;
            return result;
        } finally {
            engine.metrics.end(trace, failed);
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
        return engine.store.createUser(name);
    }

    @Override
    public Optional<User> user(String name) {
        return engine.store.user(name);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        require(!name.isBlank(), "An agent needs a name.");
        return engine.store.createAgent(userId, name);
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return engine.store.agent(userId, name);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        require(name == null || !name.isBlank(), "The name of a session must not be blank.");
        Session session = engine.store.createSession(userId, agentId, name);
        UserState state = engine.states.get(userId);
        if (state != null) {
            state.agents().clear();
        }
        return session;
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return engine.store.sessions(userId);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        require(!messages.isEmpty(), "A batch needs at least one message.");
        List<NewMessage> batch = List.copyOf(messages);
        return timed(Operation.ADD, session.userId(),
                () -> engine.services.call(session.userId(), engine.tunables.get(),
                        (service, config) -> service.writer().add(session, batch, config)));
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        return timed(Operation.QUERY, userId, () -> engine.services.call(userId, engine.tunables.get(),
                (service, config) -> service.reader().query(request, config)));
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        requireLimit(limit);
        return timed(Operation.LIST, session.userId(),
                () -> engine.services.call(session.userId(), engine.tunables.get(),
                        (service, _) -> service.reader().messages(session, limit, order)));
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return timed(Operation.READ, userId,
                () -> engine.services.call(userId, engine.tunables.get(), (service, _) -> service.reader().read(ids)));
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
            engine.services.forget(userId);
            engine.states.remove(userId);
            LOG.info("Engine: user {} deleted, {} stored and {} buffered messages", userId, result.messages(),
                    result.buffered());
            return result;
        });
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        engine.whileOpen(() -> {
            engine.drain(userId).ifPresent(failure -> {
                throw failure;
            });
            engine.store.readUser(userId, each);
            LOG.info("Engine: user {} exported", userId);
            return true;
        });
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        require(name == null || !name.isBlank(), "A user needs a name.");
        return engine.whileOpen(() -> {
            User user = engine.store.importUser(name, records);
            UserState state = engine.states.get(user.id());
            if (state != null) {
                // Somebody asked for this user before it was there, and was answered that there is nothing.
                state.forgetAnswers();
            }
            engine.extraction.recover(List.of(user.id()));
            LOG.info("Engine: user {} imported", user.id());
            return user;
        });
    }

    @Override
    public Reembedding reembedding() {
        return engine.reembedding;
    }

    @Override
    public boolean awaitExtraction(Duration limit) {
        return engine.extraction.awaitIdle(limit);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        requireLimit(query.limit());
        return engine.store.facts(userId, query);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        requireLimit(query.limit());
        return engine.store.episodes(userId, query);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        List<LayerResult> results = engine.store.layerResults(userId, roundId);
        if (results.isEmpty()) {
            throw new NotFoundException("The user has no such round in storage.");
        }
        return results;
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return engine.store.extractionStatus();
    }

    @Override
    public int retryFailed() {
        int items = engine.store.retryFailed();
        engine.extraction.lookNow();
        return items;
    }

    @Override
    public void flush() {
        engine.flush();
    }

    /// Stops taking calls, stores what is buffered within `buffer.performance.shutdown_timeout`, ends extraction, and
    /// lets go of the model. What could not be stored in that time stays in the journal for the next start; what is in
    /// no journal is lost and counted in the log. Blocks until done.
    @Override
    public void close() {
        engine.close();
    }
}
