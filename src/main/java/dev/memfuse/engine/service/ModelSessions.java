package dev.memfuse.engine.service;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import org.jspecify.annotations.Nullable;

/// The embedding model that the configuration names: one session for each model, shared by all, loaded at first use and
/// kept, so that switching back costs nothing; and sessions of their own for services that are built again for each
/// call. Thread-safe.
final class ModelSessions implements AutoCloseable {
    private final EmbeddingPool pool;
    private final Supplier<EmbeddingConfig> config;
    private final ReentrantLock loading = new ReentrantLock();
    private final Map<EmbeddingModelKind, OnnxEmbeddingModel> loaded = new EnumMap<>(EmbeddingModelKind.class);
    private volatile @Nullable Current current;

    private record Current(EmbeddingConfig config, EmbeddingModel model) {}

    ModelSessions(EmbeddingPool pool, Supplier<EmbeddingConfig> config) {
        this.pool = pool;
        this.config = config;
    }

    EmbeddingModel shared() {
        EmbeddingConfig wanted = config.get();
        Current known = current;
        if (known != null && known.config().equals(wanted)) {
            return known.model();
        }
        loading.lock();
        try {
            OnnxEmbeddingModel session = loaded.get(wanted.model());
            if (session == null) {
                session = pool.load(() -> OnnxEmbeddingModel.load(wanted.model()));
                loaded.put(wanted.model(), session);
            }
            EmbeddingModel model = EmbeddingModels.over(session, wanted.context());
            current = new Current(wanted, model);
            return model;
        } finally {
            loading.unlock();
        }
    }

    /// The name of the vectors of chunks as the configuration wants them. Loads nothing.
    String chunkName() {
        return EmbeddingModels.chunkName(config.get());
    }

    /// Loads a session for one call and closes it after.
    <T> T withOwn(Function<EmbeddingModel, T> call) {
        EmbeddingConfig wanted = config.get();
        try (OnnxEmbeddingModel own = pool.load(() -> OnnxEmbeddingModel.load(wanted.model()))) {
            return call.apply(EmbeddingModels.over(own, wanted.context()));
        }
    }

    @Override
    public void close() {
        loading.lock();
        try {
            loaded.values().forEach(OnnxEmbeddingModel::close);
            loaded.clear();
            current = null;
        } finally {
            loading.unlock();
        }
    }
}
