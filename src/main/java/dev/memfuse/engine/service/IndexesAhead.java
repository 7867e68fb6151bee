package dev.memfuse.engine.service;

import java.util.UUID;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.RetrievalBackend;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.retrieval.EmbeddedRanking;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.retrieval.QueryEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens indexes before they are queried, in the background: at the start those that were written last, later that of a
/// user who writes for the first time since. Only indexes that are on disk, so users that are never queried cost
/// nothing. The index of an imported user is built at once, since its first query would last seconds. Thread-safe.
final class IndexesAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexesAhead.class);
    private static final int AT_START = 32;
    private static final int QUEUED = 64;

    private final UserStates states;
    private final UserLocks locks;
    private final IndexRoot root;
    private final Tunables tunables;
    private final Supplier<EmbeddingModel> model;
    private final EmbeddingPool embedding;
    /// Drops what does not fit: a query opens it then.
    private final ThreadPoolExecutor thread = BackgroundThreads.droppingPool("engine-index-ahead", QUEUED);

    IndexesAhead(UserStates states, UserLocks locks, IndexRoot root, Tunables tunables,
            Supplier<EmbeddingModel> model, EmbeddingPool embedding) {
        this.states = states;
        this.locks = locks;
        this.root = root;
        this.tunables = tunables;
        this.model = model;
        this.embedding = embedding;
    }

    /// Opens the indexes that were written last.
    void start() {
        thread.execute(() -> root.latestUsers(AT_START).forEach(this::openIfStored));
    }

    /// Called after a write of a user.
    void written(UserState state) {
        if (state.activity().firstWrite() && !state.index().isActive()) {
            thread.execute(() -> openIfStored(state.userId()));
        }
    }

    /// Called after a user was imported.
    void imported(UUID user) {
        thread.execute(() -> tryOpen(user));
    }

    private void openIfStored(UUID user) {
        if (root.exists(user)) {
            tryOpen(user);
        }
    }

    private void tryOpen(UUID user) {
        try {
            if (!thread.isShutdown()) {
                boolean _ = open(user, Urgency.BULK);
            }
        } catch (RuntimeException e) {
            LOG.debug("Index: not opened ahead for user {}", user, e);
        }
    }

    /// Opens the index of a user, unless queries use the database alone, and brings it up to date. Blocks.
    ///
    /// @param urgency priority of the embedding of texts
    /// @return false when queries do not use it
    boolean open(UUID user, Urgency urgency) {
        if (tunables.get().retrieval().backend() != RetrievalBackend.EMBEDDED) {
            return false;
        }
        QueryEncoder encoder = new QueryEncoder(model.get(), embedding, urgency);
        return locks.shared(user, () -> {
            new EmbeddedRanking(states.of(user).index()).open(encoder);
            return true;
        });
    }

    /// Prevents further openings; a running one ends by itself.
    @Override
    public void close() {
        thread.shutdown();
        thread.getQueue().clear();
    }
}
