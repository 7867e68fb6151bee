package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.config.EmbeddingConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.NotFoundException;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.StorageUnavailableException;
import dev.memfuse.engine.User;
import dev.memfuse.engine.UserRecord;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.ChunkMaker;
import dev.memfuse.engine.memory.Encoder;
import dev.memfuse.engine.memory.Extraction;
import dev.memfuse.engine.memory.LayerBuilder;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.ReembeddingJob;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.model.language.LanguageModels;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The memory engine: checks arguments, times each operation, and gives it to the user's service.
public final class DefaultMemoryEngine implements MemoryEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultMemoryEngine.class);
    private static final int OPEN_INDEXES = 256;
    private static final int TEND_INDEXES_SECONDS = 2;
    /// With so many texts waiting to be embedded nothing is worked out ahead: it would only take the processors from those
    /// who wait.
    private static final int BUSY_TEXTS = 4;
    private static final int MAX_LIMIT = 10_000;

    private final Map<UUID, UserState> states = new ConcurrentHashMap<>();
    private final UserGates gates = new UserGates();
    private final MemoryStore store;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final EmbeddingPool embedding;
    private final ModelSessions models;
    private final IndexRoot indexRoot;
    private final OpenIndexes indexes = new OpenIndexes(OPEN_INDEXES);
    private final ScheduledExecutorService timer;
    private final Journal journal;
    private final StorageHealth health;
    private final Consumer<Boolean> onStorageLost;
    private final JournalRetirement retirement;
    private final Speculation speculation;
    private final EngineParts parts;
    private final LanguageModels languages;
    private final Extraction extraction;
    private final ReembeddingJob reembedding;
    private final FlushManager flush;
    private final ServiceFactory services;
    private final Tunables.Subscription subscription;
    /// Held for reading by each operation and for writing to close: what an operation acknowledges is buffered before
    /// the buffers are emptied for the last time.
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// Builds an engine and lets it continue what an earlier process left in the journal and in the work list.
    public DefaultMemoryEngine(EngineEnvironment environment, Tunables tunables, MetricsHub metrics) {
        this.store = environment.store();
        indexRoot = environment.indexes();
        this.journal = environment.journal();
        this.tunables = tunables;
        this.metrics = metrics;
        embedding = new EmbeddingPool(() -> tunables.get().embedding().threads(),
                () -> tunables.get().embedding().batchSize());
        models = new ModelSessions(embedding, () -> tunables.get().embedding());
        timer = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("engine-timer").factory());
        onStorageLost = environment.onStorageLost();
        health = new StorageHealth(store, timer, this::storageChanged);
        languages = new LanguageModels(() -> tunables.get().llm(), System.getenv());
        extraction = new Extraction(
                new LayerBuilder(store, new Encoder(models::shared, embedding), languages::current, tunables,
                        new IndexFeed(states)),
                store, () -> tunables.get().memoryService(), metrics, Extraction.Pace.NORMAL);
        MemoryService memory = new MemoryService(store, extraction, new IndexFeed(states));
        flush = new FlushManager(() -> tunables.get().buffer().performance(),
                new EngineStorage(states, memory, journal, health, tunables), timer, metrics);
        speculation = new Speculation(() -> !health.down() && embedding.queued() < BUSY_TEXTS, tunables,
                this::prefetch);
        parts = new EngineParts(store, health, journal, memory, flush, extraction, new ChunkMaker(embedding),
                embedding, environment.search(), indexes, speculation);
        services = new ServiceFactory(this::state, parts, models, environment.reparse());
        JournalRecovery.putBack(journal, this::state);
        new BufferTimer(states, flush, tunables, timer);
        retirement = new JournalRetirement(journal, () -> tunables.get().buffer().journal().retireAfter(), timer);
        timer.scheduleWithFixedDelay(indexes::tend, TEND_INDEXES_SECONDS, TEND_INDEXES_SECONDS, TimeUnit.SECONDS);
        reembedding = new ReembeddingJob(store, embedding, new ReembeddingJob.Target(this::vectorName, models::shared),
                new IndexFeed(states)::replaced);
        subscription = tunables.onChange(this::changed);
        metrics.bufferGauges(this::buffers);
        metrics.journalGauges(new JournalGauges(journal, health)::sample);
        extraction.start();
        reembedding.start();
    }

    private void storageChanged(boolean lost) {
        onStorageLost.accept(lost);
        if (!lost && reembedding.status().state() == Reembedding.State.FAILED) {
            reembedding.start();
        }
    }

    private void changed(Tunables.Change change) {
        flush.limitsChanged();
        EmbeddingConfig before = change.before().embedding();
        EmbeddingConfig after = change.after().embedding();
        if (before.model() != after.model() || before.context() != after.context()) {
            // An index closes itself when it is asked for another model.
            states.values().forEach(state -> state.queries().written());
            reembedding.targetChanged();
        }
    }

    private String vectorName(Layer layer) {
        EmbeddingConfig config = tunables.get().embedding();
        return switch (layer) {
            case M1 -> EmbeddingModels.chunkName(config);
            case M2 -> EmbeddingModels.name(config);
        };
    }

    private UserState state(UUID userId) {
        return states.computeIfAbsent(userId, id -> new UserState(id, indexRoot.index(id), metrics.speculation()));
    }

    private BufferSample buffers() {
        int round = 0;
        int hybrid = 0;
        int inFlight = 0;
        for (UserState state : states.values()) {
            var depth = state.buffers().depth();
            round += depth.round();
            hybrid += depth.hybrid();
            inFlight += depth.inFlight();
        }
        return new BufferSample(round, hybrid, inFlight, flush.queued(), extraction.backlog());
    }

    private <T> T whileOpen(Supplier<T> work) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            return work.get();
        } finally {
            closing.readLock().unlock();
        }
    }

    /// A call for a user: measured, and never in the middle of a deletion.
    private <T> T timed(Operation operation, UUID userId, Supplier<T> work) {
        return whileOpen(() -> measured(operation, () -> gates.beside(userId, work)));
    }

    private DeleteResult deletion(UUID userId, Function<UserDeleter, DeleteResult> work) {
        if (health.down()) {
            // It would wait for the database, and every other call of the user for it.
            throw new StorageUnavailableException(
                    "Nothing can be deleted while the database cannot be reached. Try again when it is back.", "",
                    null);
        }
        return whileOpen(() -> measured(Operation.DELETE, () -> gates.alone(userId,
                () -> work.apply(new UserDeleter(state(userId), parts)))));
    }

    private <T> T measured(Operation operation, Supplier<T> work) {
        Trace trace = metrics.begin(operation);
        boolean failed = true;
        try {
            T result = work.get();
            failed = false;
            return result;
        } finally {
            metrics.end(trace, failed);
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
        return store.createUser(name);
    }

    @Override
    public Optional<User> user(String name) {
        return store.user(name);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        require(!name.isBlank(), "An agent needs a name.");
        return store.createAgent(userId, name);
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return store.agent(userId, name);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        require(name == null || !name.isBlank(), "The name of a session must not be blank.");
        Session session = store.createSession(userId, agentId, name);
        UserState state = states.get(userId);
        if (state != null) {
            state.agents().clear();
        }
        return session;
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return store.sessions(userId);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        require(!messages.isEmpty(), "A batch needs at least one message.");
        List<NewMessage> batch = List.copyOf(messages);
        return timed(Operation.ADD, session.userId(), () -> services.call(session.userId(), tunables.get(),
                (service, config) -> service.writer().add(session, batch, config)));
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        return timed(Operation.QUERY, userId, () -> services.call(userId, tunables.get(),
                (service, config) -> service.reader().query(request, config)));
    }

    /// Not a call of the user: it is in no figure of queries. It ends before a deletion begins, and finds nothing after.
    private void prefetch(UserState state, QueryRequest request) {
        whileOpen(() -> gates.beside(state.userId(), () -> {
            if (state.equals(states.get(state.userId()))) {
                new UserReader(state, parts, models::shared, Urgency.BULK).prefetch(request, tunables.get());
            }
            return true;
        }));
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        requireLimit(limit);
        return timed(Operation.LIST, session.userId(), () -> services.call(session.userId(), tunables.get(),
                (service, _) -> service.reader().messages(session, limit, order)));
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return timed(Operation.READ, userId,
                () -> services.call(userId, tunables.get(), (service, _) -> service.reader().read(ids)));
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
            services.forget(userId);
            states.remove(userId);
            return result;
        });
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        whileOpen(() -> {
            drain(userId).ifPresent(failure -> {
                throw failure;
            });
            store.readUser(userId, each);
            return true;
        });
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        require(name == null || !name.isBlank(), "A user needs a name.");
        return whileOpen(() -> {
            User user = store.importUser(name, records);
            UserState state = states.get(user.id());
            if (state != null) {
                // Somebody asked for this user before it was there, and was answered that there is nothing.
                state.forgetAnswers();
            }
            extraction.recover(List.of(user.id()));
            return user;
        });
    }

    @Override
    public Reembedding reembedding() {
        return reembedding;
    }

    @Override
    public void flush() {
        List<EngineException> failures = states.keySet().stream().map(this::drain).flatMap(Optional::stream).toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private Optional<EngineException> drain(UUID userId) {
        return gates.beside(userId, () -> {
            if (!states.containsKey(userId)) {
                return Optional.empty();
            }
            return services.internally(userId, service -> {
                try {
                    service.writer().drain();
                    return Optional.empty();
                } catch (EngineException e) {
                    return Optional.of(e);
                }
            });
        });
    }

    @Override
    public boolean awaitExtraction(Duration limit) {
        return extraction.awaitIdle(limit);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        requireLimit(query.limit());
        return store.facts(userId, query);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        requireLimit(query.limit());
        return store.episodes(userId, query);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        List<LayerResult> results = store.layerResults(userId, roundId);
        if (results.isEmpty()) {
            throw new NotFoundException("The user has no such round in storage.");
        }
        return results;
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return store.extractionStatus();
    }

    @Override
    public int retryFailed() {
        int items = store.retryFailed();
        extraction.lookNow();
        return items;
    }

    /// Lets no operation begin any more and waits for those that run, at most so long.
    ///
    /// @return false when that was done before
    private boolean endIntake(Duration limit) {
        boolean ended = false;
        try {
            ended = closing.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
            boolean first = !closed;
            closed = true;
            return first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return true;
        } finally {
            if (ended) {
                closing.writeLock().unlock();
            }
        }
    }

    /// Stops taking calls, stores what is buffered within `buffer.performance.shutdown_timeout`, ends extraction, and
    /// lets go of the model. What could not be stored in that time stays in the journal for the next start; what is in
    /// no journal is lost and counted in the log. Blocks until done.
    @Override
    public void close() {
        speculation.close();
        Duration limit = tunables.get().buffer().performance().shutdownTimeout();
        long deadline = System.nanoTime() + limit.toNanos();
        if (!endIntake(limit)) {
            return;
        }
        drain(deadline);
        subscription.close();
        reembedding.close();
        extraction.close();
        languages.close();
        timer.shutdownNow();
        retirement.close();
        indexes.close();
        embedding.close();
        models.close();
    }

    private void drain(long deadline) {
        Thread draining = Thread.ofVirtual().name("engine-drain").start(() -> {
            try {
                flush();
            } catch (EngineException e) {
                LOG.warn("Engine: buffered messages could not be stored before the end: {}", e.getMessage());
            }
        });
        try {
            draining.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        BufferSample left = buffers();
        int messages = left.round() + left.hybrid() + left.inFlight();
        if (messages > 0) {
            LOG.warn("Engine: {} messages are not stored at the end; those in the journal are stored at the next start",
                    messages);
        }
    }
}
