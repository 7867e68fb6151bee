package dev.memfuse.engine.service;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import org.jspecify.annotations.Nullable;

/// The embedding model: one session shared by all, loaded at first use, and sessions of their own for services that are
/// built again for each call. Thread-safe.
final class ModelSessions implements AutoCloseable {
    private final EmbeddingPool pool;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable OnnxEmbeddingModel shared;

    ModelSessions(EmbeddingPool pool) {
        this.pool = pool;
    }

    EmbeddingModel shared() {
        OnnxEmbeddingModel model = shared;
        if (model != null) {
            return model;
        }
        loading.lock();
        try {
            model = shared;
            if (model == null) {
                model = pool.load(OnnxEmbeddingModel::load);
                shared = model;
            }
            return model;
        } finally {
            loading.unlock();
        }
    }

    /// Loads a session for one call and closes it after.
    <T> T withOwn(Function<EmbeddingModel, T> call) {
        try (OnnxEmbeddingModel own = pool.load(OnnxEmbeddingModel::load)) {
            return call.apply(own);
        }
    }

    @Override
    public void close() {
        OnnxEmbeddingModel model = shared;
        if (model != null) {
            model.close();
        }
    }
}
