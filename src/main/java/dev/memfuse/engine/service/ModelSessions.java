package dev.memfuse.engine.service;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import org.jspecify.annotations.Nullable;

/// Shared sessions of the embedding models: one for each model, loaded at first use and kept, so that switching back is
/// fast. Thread-safe.
final class ModelSessions implements AutoCloseable {
    private final EmbeddingPool pool;
    private final Supplier<EmbeddingConfig> config;
    private final ReentrantLock loading = new ReentrantLock();
    private final Map<EmbeddingModelKind, OnnxEmbeddingModel> loaded = new EnumMap<>(EmbeddingModelKind.class);
    private volatile @Nullable Current current;
    private boolean closed;

    private record Current(EmbeddingConfig config, EmbeddingModel model) {}

    ModelSessions(EmbeddingPool pool, Supplier<EmbeddingConfig> config) {
        this.pool = pool;
        this.config = config;
    }

    /// Returns the shared session of the configured model; loads it at first use, which blocks.
    EmbeddingModel shared() {
        EmbeddingConfig required = config.get();
        Current known = current;
        if (known != null && known.config().equals(required)) {
            return known.model();
        }
        loading.lock();
        try {
            if (closed) {
                throw new EngineException("The engine is shutting down.");
            }
            OnnxEmbeddingModel session = loaded.get(required.model());
            if (session == null) {
                session = pool.load(() -> OnnxEmbeddingModel.load(required.model()));
                loaded.put(required.model(), session);
            }
            EmbeddingModel model = EmbeddingModels.over(session, required.context());
            current = new Current(required, model);
            return model;
        } finally {
            loading.unlock();
        }
    }

    /// Closes the shared sessions, after a load that runs; none is loaded from then on.
    @Override
    public void close() {
        loading.lock();
        try {
            closed = true;
            loaded.values().forEach(OnnxEmbeddingModel::close);
            loaded.clear();
            current = null;
        } finally {
            loading.unlock();
        }
    }
}
