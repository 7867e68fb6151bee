package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.VectorBacklog;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.memory.LayerBuilder;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.memory.extraction.Callers;
import dev.memfuse.engine.memory.extraction.Extraction;
import dev.memfuse.engine.memory.extraction.LayerBuildJob;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.reembedding.ReembeddingJob;
import dev.memfuse.engine.memory.vectors.MessageVectors;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.model.language.LanguageModels;
import dev.memfuse.engine.model.language.ModelUsage;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// State and background work of one engine. [DefaultMemoryEngine] creates it, holds it and closes it, and is the only
/// user of the members that are not private. It creates and owns everything behind the API except
/// [EngineDependencies]: user states, services, models, timer, extraction. Thread-safe.
final class EngineRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);
    private static final int OPEN_INDEXES = 256;
    /// A message of usual length, to measure the speed of the model.
    private static final String SAMPLE = "I went to the market yesterday and bought apples, and what did you do?";
    private static final int SAMPLE_TEXTS = 32;
    /// Speculation pauses while at least this many texts are queued for embedding.
    private static final int BUSY_TEXTS = 4;

    final MemoryStore store;
    final Tunables tunables;
    final MetricsHub metrics;
    final OperationGate gate = new OperationGate();
    final UserLocks locks = new UserLocks();
    final UserStates states;
    final StorageHealth health;
    final UnsettledCreations creations;
    final Directory directory;
    final Extraction extraction;
    final LayerBackpressure backpressure;
    final ReembeddingJob reembedding;
    final MessageVectors vectors;
    final Encoder encoder;
    final LayerBuildJob layerBuild;
    final ServiceContext context;
    final ServiceFactory services;
    final BufferDrain drain;
    final ResolvedCalls calls;
    final IdleUsers idleUsers;
    final PrivateSessions sessions;
    final DeadLetterOffice deadLetters;
    private final EmbeddingPool embedding;
    private final ModelSessions models;
    private final LanguageModels languages;
    private final OpenIndexes indexes = new OpenIndexes(OPEN_INDEXES);
    private final FlushManager flush;
    private final Speculation speculation;
    private final JournalRetirement retirement;
    private final ErasureSweep erasures;
    private final TimelineReplay replay;
    private final IndexesAhead ahead;
    private final ScheduledExecutorService timer;
    private final Consumer<Boolean> onStorageLost;
    private final Tunables.Subscription subscription;
    private final boolean readOnly;

    /// Builds an engine and resumes the work that an earlier process left in the journal and in the work list.
    EngineRuntime(EngineDependencies dependencies, Tunables tunables, MetricsHub metrics) {
        this.store = dependencies.store();
        this.tunables = tunables;
        this.metrics = metrics;
        Journal journal = dependencies.journal();
        states = new UserStates(store, new BufferedJournal(journal), dependencies.indexes(), indexes,
                metrics.speculation());
        // Before any thread is started: it reads the disk and may fail.
        JournalRecovery.restore(journal, states);
        embedding = new EmbeddingPool(() -> tunables.get().embedding().threads(),
                () -> tunables.get().embedding().batchSize(), metrics.work());
        models = new ModelSessions(embedding, () -> tunables.get().embedding());
        timer = BackgroundThreads.timer("engine-timer");
        onStorageLost = dependencies.onStorageLost();
        health = new StorageHealth(store.availability(), timer, this::storageChanged);
        creations = new UnsettledCreations(store.aliases(), journal, health, states, this::storeBuffered);
        directory = new Directory(store, creations, health, states, tunables);
        languages = new LanguageModels(() -> tunables.get().llm(), System.getenv(),
                new ModelUsage(metrics.work(), metrics.extraction()));
        IndexFeed feed = new IndexFeed(states);
        vectors = new MessageVectors(store.messageVectors(),
                new MessageVectors.Settings(models::shared, () -> vectorName(DerivedLayer.M1),
                        () -> tunables.get().embedding().backgroundShare(), gate::operations, health::isDown),
                feed::embedded);
        encoder = new Encoder(models::shared, embedding);
        extraction = new Extraction(
                new LayerBuilder(store, encoder, languages::current, tunables, feed,
                        vectors, metrics.extraction()),
                store.work(), () -> tunables.get().memoryService(), metrics, Extraction.Intervals.DEFAULT,
                new Callers(embedding::isQueried, new RecentCalls(gate::operations, System::nanoTime)::any));
        backpressure = new LayerBackpressure(extraction);
        MemoryService memory = new MemoryService(store.rounds(), extraction, feed, vectors);
        RoundStorage rounds = new RoundStorage(creations, states, memory, health, tunables);
        FlushTarget target = new FlushTarget(states, rounds, journal, dependencies.deadLetters(),
                store.refusedRounds());
        flush = new FlushManager(() -> tunables.get().buffer().performance(), target, timer, metrics);
        timer.scheduleWithFixedDelay(target::tick, 1, 1, TimeUnit.SECONDS);
        deadLetters = new DeadLetterOffice(dependencies.deadLetters(), creations, states, locks, rounds, store,
                tunables);
        drain = new BufferDrain(states, locks, flush);
        calls = new ResolvedCalls(creations, states, drain, health);
        speculation = new Speculation(() -> !health.isDown() && embedding.queued() < BUSY_TEXTS, tunables,
                this::prefetch);
        ahead = new IndexesAhead(states, locks, dependencies.indexes(), tunables, models::shared, embedding);
        context = new ServiceContext(store, directory, creations.aliases(), dependencies.search(), health, journal,
                dependencies.deadLetters(), memory, flush, extraction, new ChunkMaker(embedding), embedding, indexes,
                ahead, speculation);
        sessions = new PrivateSessions(embedding, SessionLimit::ofThisMachine);
        services = new ServiceFactory(states, context, models,
                new PlainServices(states, context, sessions, dependencies.reparse(), metrics), metrics);
        creations.recover();
        readOnly = dependencies.readOnly();
        idleUsers = new IdleUsers(states, services, locks);
        idleUsers.schedule(timer);
        new BufferTimer(states, flush, tunables, timer);
        retirement = new JournalRetirement(journal, () -> tunables.get().buffer().journal().retireAfter(), timer);
        DiskIntervals intervals = dependencies.intervals();
        timer.scheduleWithFixedDelay(() -> indexes.maintain(intervals.save()), intervals.maintenance().toNanos(),
                intervals.maintenance().toNanos(), TimeUnit.NANOSECONDS);
        erasures = new ErasureSweep(store.erasures(), dependencies.indexes(), states, locks, health,
                readOnly ? () -> {} : deadLetters::removeDeleted, intervals.erasure(), timer);
        reembedding = new ReembeddingJob(store.vectors(), embedding,
                new ReembeddingJob.Target(this::vectorName, models::shared),
                feed::replaced);
        layerBuild = new LayerBuildJob(store.layerBuilds(), store.work(), extraction, this::secondsToEmbed,
                () -> tunables.get().llm());
        subscription = tunables.onChange(this::configChanged);
        metrics.bufferGauges(this::bufferSample);
        metrics.journalGauges(new JournalGauges(journal, dependencies.deadLetters(), health)::sample);
        if (!readOnly) {
            extraction.start();
            reembedding.start();
            vectors.start();
        }
        ahead.start();
        replay = new TimelineReplay(store, journal, states, locks, rounds, tunables);
        timer.scheduleWithFixedDelay(this::continueJobs, 1, 1, TimeUnit.SECONDS);
    }

    /// Refuses a call that waits until the buffered messages of a user are stored, while the database refuses to store
    /// any: it would wait until somebody frees the disk, and all other calls of its user with it.
    ///
    /// @param refused the consequence, for instance `Nothing can be deleted`
    /// @throws StorageUnavailableException while messages of the user wait for a database that refuses them
    void requireStorable(UUID userId, String refused) {
        if (health.refusesWrites() && states.find(userId).filter(EngineRuntime::waits).isPresent()) {
            throw new StorageUnavailableException(
                    refused + " while the database refuses to store the buffered messages "
                            + "of the user. The log says why it does.",
                    "", null);
        }
    }

    private static boolean waits(UserState state) {
        UserBuffers.Depth depth = state.buffers().depth();
        return depth.round() + depth.hybrid() + depth.inFlight() > 0;
    }

    private void storageChanged(boolean lost) {
        onStorageLost.accept(lost);
        if (!lost) {
            BackgroundThreads.virtual("engine-directory").start(creations::settleAll);
        }
        if (!lost && !readOnly && reembedding.status().state() == Reembedding.State.FAILED) {
            reembedding.start();
        }
    }

    /// A job may fail without an outage that was noticed, for instance by a lock or a quick restart of the server.
    private void continueJobs() {
        // Calls that began before a switch may have built a service after it.
        services.keepOnly(tunables.get().services().cache());
        if (health.isDown() || readOnly) {
            return;
        }
        replay.startWhenDue();
        reembedding.retryWhenDue();
        if (creations.retryIsDue()) {
            BackgroundThreads.virtual("engine-directory").start(creations::settleAll);
        }
    }

    /// Stores the buffered rounds of a user soon.
    private void storeBuffered(UUID userId) {
        BackgroundThreads.virtual("engine-aliases").start(() -> drain.drain(userId)
                .ifPresent(failure -> LOG.debug("Engine: {}", failure.getMessage())));
    }

    private void configChanged(Tunables.Change change) {
        flush.limitsChanged();
        services.keepOnly(tunables.get().services().cache());
        EmbeddingConfig before = change.before().embedding();
        EmbeddingConfig after = change.after().embedding();
        if (before.model() != after.model() || before.context() != after.context()) {
            // An index is rebuilt by the first query with another model.
            states.all().forEach(state -> state.queries().invalidate());
            if (!readOnly) {
                reembedding.targetChanged();
                vectors.modelChanged();
            }
        }
    }

    private String vectorName(DerivedLayer layer) {
        EmbeddingConfig config = tunables.get().embedding();
        return switch (layer) {
            case M1 -> EmbeddingModels.chunkName(config);
            case M2 -> EmbeddingModels.name(config);
        };
    }

    /// Embeds a sample text a few times and extrapolates.
    private double secondsToEmbed(long messages) {
        EmbeddingModel model = models.shared();
        List<String> sample = Collections.nCopies(SAMPLE_TEXTS, SAMPLE);
        List<float[]> _ = embedding.embed(model, sample);
        long began = System.nanoTime();
        List<float[]> _ = embedding.embed(model, sample);
        return (System.nanoTime() - began) / 1e9 / SAMPLE_TEXTS * messages;
    }

    private BufferSample bufferSample() {
        UserBuffers.Depth depth = states.depth();
        VectorBacklog missing = vectors.backlog();
        return new BufferSample(depth.round(), depth.hybrid(), depth.inFlight(), flush.queued(),
                extraction.backlog(), (int) Math.min(missing.waiting(), Integer.MAX_VALUE), missing.perSecond());
    }

    /// Computes an answer ahead of its query. It is not measured as a query. A deletion waits for it, and it has no
    /// effect after a deletion.
    private void prefetch(UserState state, QueryRequest request) {
        gate.whileOpen(() -> locks.shared(state.userId(), () -> {
            if (states.isCurrent(state)) {
                new UserQueries(state, context, models::shared, Urgency.BULK).prefetch(request, tunables.get());
            }
            return true;
        }));
    }

    /// Answers a query with a configuration of its own, without cache and measurement. Blocks for the model and the
    /// database.
    QueryResult answer(UUID userId, QueryRequest request, MemFuseConfig config) {
        return gate.whileOpen(() -> locks.shared(userId, () -> new UserQueries(states.of(userId), context,
                models::shared, Urgency.QUERY).uncached(request, config)));
    }

    /// Rejects further calls, stores buffered messages within `buffer.performance.shutdown_timeout`, then stops all
    /// background work and releases the models. Blocks until done. A second call has no effect.
    @Override
    public void close() {
        speculation.close();
        ahead.close();
        Duration limit = tunables.get().buffer().performance().shutdownTimeout();
        long deadline = System.nanoTime() + limit.toNanos();
        if (!gate.close(limit)) {
            return;
        }
        drain.drainUntil(deadline);
        subscription.close();
        replay.close();
        reembedding.close();
        layerBuild.close();
        vectors.close();
        extraction.close();
        languages.close();
        timer.shutdownNow();
        health.close();
        retirement.close();
        erasures.close();
        indexes.close();
        embedding.close();
        sessions.close();
        models.close();
    }
}
