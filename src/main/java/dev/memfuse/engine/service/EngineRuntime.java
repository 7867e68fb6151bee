package dev.memfuse.engine.service;

import java.time.Duration;
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
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.LayerBuilder;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.memory.extraction.Extraction;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.reembedding.ReembeddingJob;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.model.language.LanguageModels;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs behind the engine's API: it is put together here, told of changes, drained and closed. Package-private
/// parts are for [DefaultMemoryEngine] alone.
final class EngineRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);
    private static final int OPEN_INDEXES = 256;
    private static final int TEND_INDEXES_SECONDS = 2;
    /// With so many texts waiting to be embedded nothing is worked out ahead: it would only take the processors from those
    /// who wait.
    private static final int BUSY_TEXTS = 4;

    final Map<UUID, UserState> states = new ConcurrentHashMap<>();
    final UserLocks gates = new UserLocks();
    final MemoryStore store;
    final Tunables tunables;
    final MetricsHub metrics;
    private final EmbeddingPool embedding;
    private final ModelSessions models;
    private final IndexRoot indexRoot;
    private final OpenIndexes indexes = new OpenIndexes(OPEN_INDEXES);
    private final ScheduledExecutorService timer;
    private final Journal journal;
    final StorageHealth health;
    private final Consumer<Boolean> onStorageLost;
    private final JournalRetirement retirement;
    private final Speculation speculation;
    final EngineComponents parts;
    private final LanguageModels languages;
    final Extraction extraction;
    final ReembeddingJob reembedding;
    private final FlushManager flush;
    final ServiceFactory services;
    private final Tunables.Subscription subscription;
    /// Held for reading by each operation and for writing to close: what an operation acknowledges is buffered before
    /// the buffers are emptied for the last time.
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// Builds an engine and lets it continue what an earlier process left in the journal and in the work list.
    EngineRuntime(EngineDependencies environment, Tunables tunables, MetricsHub metrics) {
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
                new FlushTarget(states, memory, journal, health, tunables), timer, metrics);
        speculation = new Speculation(() -> !health.down() && embedding.queued() < BUSY_TEXTS, tunables,
                this::prefetch);
        parts = new EngineComponents(store, health, journal, memory, flush, extraction, new ChunkMaker(embedding),
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

    private String vectorName(DerivedLayer layer) {
        EmbeddingConfig config = tunables.get().embedding();
        return switch (layer) {
            case M1 -> EmbeddingModels.chunkName(config);
            case M2 -> EmbeddingModels.name(config);
        };
    }

    UserState state(UUID userId) {
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

    /// Does work for a caller, unless the engine is closed.
    <T> T whileOpen(Supplier<T> work) {
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

    /// Not a call of the user: it is in no figure of queries. It ends before a deletion begins, and finds nothing after.
    private void prefetch(UserState state, QueryRequest request) {
        whileOpen(() -> gates.beside(state.userId(), () -> {
            if (state.equals(states.get(state.userId()))) {
                new UserReader(state, parts, models::shared, Urgency.BULK).prefetch(request, tunables.get());
            }
            return true;
        }));
    }

    /// Stores everything buffered.
    void flush() {
        List<EngineException> failures = states.keySet().stream().map(this::drain).flatMap(Optional::stream).toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    Optional<EngineException> drain(UUID userId) {
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
