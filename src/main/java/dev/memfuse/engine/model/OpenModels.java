package dev.memfuse.engine.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;

/// The models that are open in this process. When the process ends, a shutdown hook waits until their owners have
/// closed them, and closes those that are left: native code that still runs when the C library's exit handlers run
/// uses freed memory. Thread-safe.
final class OpenModels {
    /// The owners' own shutdown takes no longer.
    private static final long GRACE_SECONDS = 30;

    private static final OpenModels INSTANCE = new OpenModels();
    static {
        Runtime.getRuntime().addShutdownHook(BackgroundThreads.hook("engine-models-exit", INSTANCE::closeAll));
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<OnnxEmbeddingModel> open = new HashSet<>();
    private int loading;
    private boolean ended;

    static OpenModels instance() {
        return INSTANCE;
    }

    /// Loads a model and keeps it until [#closed].
    ///
    /// @throws EngineException when the process is ending
    OnnxEmbeddingModel load(Supplier<OnnxEmbeddingModel> loader) {
        change(() -> {
            if (ended) {
                throw new EngineException("The program is ending.");
            }
            loading++;
        });
        OnnxEmbeddingModel model = null;
        try {
            model = loader.get();
            return model;
        } finally {
            OnnxEmbeddingModel loaded = model;
            change(() -> {
                loading--;
                if (loaded != null) {
                    open.add(loaded);
                }
            });
        }
    }

    /// Forgets a model that its owner closed.
    void closed(OnnxEmbeddingModel model) {
        change(() -> open.remove(model));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closeAll() {
        left().forEach(OnnxEmbeddingModel::close);
    }

    /// Waits for the owners, and then for models that are being loaded; returns the models that are left.
    private List<OnnxEmbeddingModel> left() {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
            while ((loading > 0 || !open.isEmpty()) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            ended = true;
            while (loading > 0) {
                changed.await();
            }
            return List.copyOf(open);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }
}
