package dev.memfuse.engine.service;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import org.jspecify.annotations.Nullable;

/// Model session that one service owns. It is loaded by the first call, kept between calls, and may be closed while no
/// call uses it; the next call then loads it again. [PrivateSessions] bounds their number. Thread-safe.
final class PrivateSession {
    private final EmbeddingConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OnnxEmbeddingModel session;
    private volatile @Nullable EmbeddingModel model;
    private int calls;
    private boolean retired;
    private volatile long lastCallNanos = System.nanoTime();

    /// @param config model that is loaded
    PrivateSession(EmbeddingConfig config) {
        this.config = config;
    }

    EmbeddingConfig config() {
        return config;
    }

    /// Returns whether this session has the configured model; the other settings apply to each call.
    boolean isFor(EmbeddingConfig current) {
        return current.model() == config.model() && current.context() == config.context();
    }

    /// Returns the model. Only for a call between [#begin] and [#end].
    EmbeddingModel model() {
        EmbeddingModel known = model;
        if (known == null) {
            throw new IllegalStateException("No call uses this session.");
        }
        return known;
    }

    /// Begins a call: loads the model unless it is loaded. Blocks while another call loads it.
    ///
    /// @param loader loads the model; called under the lock of this session
    void begin(Supplier<OnnxEmbeddingModel> loader) {
        lock.lock();
        try {
            if (session == null) {
                OnnxEmbeddingModel loaded = loader.get();
                session = loaded;
                model = EmbeddingModels.over(loaded, config.context());
            }
            calls++;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a call and returns whether the model was closed, because the session is retired.
    boolean end() {
        lock.lock();
        try {
            calls--;
            lastCallNanos = System.nanoTime();
            return retired && close();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the model now or at the end of the last call, and returns whether it was closed now.
    boolean retire() {
        lock.lock();
        try {
            retired = true;
            return close();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the model if no call uses it, without waiting, and returns whether it was closed.
    boolean closeIfIdle() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return close();
        } finally {
            lock.unlock();
        }
    }

    private boolean close() {
        OnnxEmbeddingModel open = session;
        if (calls > 0 || open == null) {
            return false;
        }
        session = null;
        model = null;
        open.close();
        return true;
    }

    /// Returns the end of the last call, on the clock of [System#nanoTime].
    long lastCallNanos() {
        return lastCallNanos;
    }
}
