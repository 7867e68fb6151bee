package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.memfuse.config.EmbeddingConfig;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.VectorStore.StaleVector;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.memory.ChunkMaker;
import dev.memfuse.engine.memory.Extraction;
import dev.memfuse.engine.memory.LayerBuilder;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.ReembeddingJob;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
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
    private static final int MAX_TOP_K = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final Map<UUID, UserState> states = new ConcurrentHashMap<>();
    private final MemoryStore store;
    private final Tunables tunables;
    private final MetricsHub metrics;
    private final EmbeddingPool embedding;
    private final ModelSessions models;
    private final ScheduledExecutorService timer;
    private final Extraction extraction;
    private final ReembeddingJob reembedding;
    private final FlushManager flush;
    private final ServiceFactory services;
    private final Tunables.Subscription subscription;
    /// Held for reading by each operation and for writing to close: what an operation acknowledges is buffered before
    /// the buffers are emptied for the last time.
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed;

    /// Builds an engine and lets it continue what an earlier process left in the work list.
    ///
    /// @param reparse prints a configuration and parses it again; used by services that are built for each call
    public DefaultMemoryEngine(MemoryStore store, Tunables tunables, MetricsHub metrics,
            UnaryOperator<MemFuseConfig> reparse) {
        this.store = store;
        this.tunables = tunables;
        this.metrics = metrics;
        embedding = new EmbeddingPool(() -> tunables.get().embedding().threads(),
                () -> tunables.get().embedding().batchSize());
        models = new ModelSessions(embedding, () -> tunables.get().embedding());
        timer = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("engine-timer").factory());
        LayerBuilder builder = new LayerBuilder(store, models::shared, embedding,
                () -> tunables.get().buffer().hybridBuffer().chunkStrategy(), this::indexChunks);
        extraction = new Extraction(builder, store, () -> tunables.get().memoryService(), metrics);
        MemoryService memory = new MemoryService(store, extraction, this::indexChunks);
        flush = new FlushManager(() -> tunables.get().buffer().performance(),
                new EngineStorage(states, memory, tunables), timer, metrics);
        EngineParts parts = new EngineParts(store, memory, flush, extraction, new ChunkMaker(embedding), embedding);
        services = new ServiceFactory(states, parts, models, reparse);
        new BufferTimer(states, flush, tunables, timer);
        reembedding = new ReembeddingJob(store, embedding, new ReembeddingJob.Target(this::vectorName, models::shared),
                this::indexVectors);
        subscription = tunables.onChange(this::changed);
        metrics.bufferGauges(this::buffers);
        extraction.recover(store.userIds());
        reembedding.start();
    }

    private void changed(Tunables.Change change) {
        flush.limitsChanged();
        EmbeddingConfig before = change.before().embedding();
        EmbeddingConfig after = change.after().embedding();
        if (before.model() != after.model() || before.context() != after.context()) {
            states.values().forEach(state -> {
                state.index().forget();
                state.queries().written();
            });
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

    private void indexChunks(UUID userId, List<Chunk> chunks) {
        chunks.forEach(chunk -> index(userId, chunk.messageIds(), chunk.model(), chunk.vector()));
    }

    private void indexVectors(UUID userId, Layer layer, String model, List<StaleVector> texts,
            Map<UUID, float[]> vectors) {
        if (layer == Layer.M1) {
            texts.forEach(
                    text -> index(userId, text.messageIds(), model, Objects.requireNonNull(vectors.get(text.id()))));
            UserState state = states.get(userId);
            if (state != null) {
                state.queries().written();
            }
        }
    }

    /// Vectors of another model than the index has are not comparable and stay out.
    private void index(UUID userId, List<UUID> messageIds, String model, float[] vector) {
        UserState state = states.get(userId);
        if (state != null && model.equals(models.chunkName())) {
            state.index().embedded(messageIds, model, vector);
        }
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

    private <T> T timed(Operation operation, Supplier<T> work) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            return measured(operation, work);
        } finally {
            closing.readLock().unlock();
        }
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
        return store.createSession(userId, agentId, name);
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return store.sessions(userId);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        require(!messages.isEmpty(), "A batch needs at least one message.");
        List<NewMessage> batch = List.copyOf(messages);
        return timed(Operation.ADD, () -> services.call(session.userId(), tunables.get(),
                (service, config) -> service.writer().add(session, batch, config)));
    }

    @Override
    public QueryResult query(UUID userId, String text, int topK) {
        require(!text.isBlank(), "A query needs a text.");
        require(topK >= 0 && topK <= MAX_TOP_K,
                "top_k must be between 0 (the default) and " + MAX_TOP_K + ", not " + topK + ".");
        return timed(Operation.QUERY, () -> services.call(userId, tunables.get(),
                (service, config) -> service.reader().query(text, topK, config)));
    }

    @Override
    public List<Message> messages(SessionKey session, int limit, Order order) {
        require(limit >= 1 && limit <= MAX_LIMIT, "limit must be between 1 and " + MAX_LIMIT + ", not " + limit + ".");
        return timed(Operation.LIST, () -> services.call(session.userId(), tunables.get(),
                (service, _) -> service.reader().messages(session, limit, order)));
    }

    @Override
    public List<Message> read(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return timed(Operation.READ,
                () -> services.call(userId, tunables.get(), (service, _) -> service.reader().read(ids)));
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        List<UUID> ids = List.copyOf(messageIds);
        return timed(Operation.DELETE, () -> deleter(session.userId()).messages(session, ids));
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        return timed(Operation.DELETE, () -> deleter(session.userId()).session(session));
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        return timed(Operation.DELETE, () -> {
            DeleteResult result = deleter(userId).user();
            services.forget(userId);
            states.remove(userId);
            return result;
        });
    }

    private UserDeleter deleter(UUID userId) {
        return new UserDeleter(states.computeIfAbsent(userId, UserState::new), store, flush, extraction);
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
        return services.internally(userId, service -> {
            try {
                service.writer().drain();
                return Optional.empty();
            } catch (EngineException e) {
                return Optional.of(e);
            }
        });
    }

    @Override
    public boolean awaitExtraction(Duration limit) {
        return extraction.awaitIdle(limit);
    }

    /// Waits for the operations that run, and lets none begin after them; false when that was done before.
    private boolean endIntake() {
        closing.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            closing.writeLock().unlock();
        }
    }

    /// Stops taking calls, stores everything buffered, ends extraction, and lets go of the model. Blocks until done.
    @Override
    public void close() {
        if (!endIntake()) {
            return;
        }
        try {
            flush();
        } catch (EngineException e) {
            LOG.error("Engine: buffered messages could not be stored before the end", e);
        }
        subscription.close();
        reembedding.close();
        extraction.close();
        timer.shutdownNow();
        embedding.close();
        models.close();
    }
}
