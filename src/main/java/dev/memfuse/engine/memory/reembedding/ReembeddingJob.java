package dev.memfuse.engine.memory.reembedding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.Backoff;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Passage;
import dev.memfuse.engine.spi.VectorStore;
import dev.memfuse.engine.spi.VectorStore.StaleVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces vectors of other models: user by user, newest first, in portions that are read, embedded and stored,
/// without holding a connection during the embedding. The progress is in the rows themselves: stale vectors remain to
/// be replaced.
public final class ReembeddingJob implements Reembedding, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReembeddingJob.class);
    private static final int PORTION = 128;

    private final VectorStore store;
    private final EmbeddingPool pool;
    private final Target target;
    private final Listener listener;
    private final ReembeddingProgress progress = new ReembeddingProgress();
    private final Backoff backoff = new Backoff();

    /// The model for the vectors.
    ///
    /// @param names name of the vectors of a layer; called before each portion, loads nothing
    /// @param model the model; called when there are texts to embed
    public record Target(Function<DerivedLayer, String> names, Supplier<EmbeddingModel> model) {}

    /// Receives the stored portions.
    @FunctionalInterface
    public interface Listener {
        /// Called when a portion was stored.
        void replaced(UUID userId, DerivedLayer layer, String model, List<StaleVector> texts,
                Map<UUID, float[]> vectors);
    }

    public ReembeddingJob(VectorStore store, EmbeddingPool pool, Target target, Listener listener) {
        this.store = store;
        this.pool = pool;
        this.target = target;
        this.listener = listener;
    }

    @Override
    public Status status() {
        return progress.status(target.names().apply(DerivedLayer.M1));
    }

    @Override
    public void start() {
        if (progress.begin()) {
            BackgroundThreads.virtual("engine-reembed").start(this::run);
        }
    }

    /// Starts the job again when it failed and the wait after the failure is over. Called regularly.
    public void retryWhenDue() {
        if (backoff.due() && progress.status("").state() == State.FAILED) {
            start();
        }
    }

    /// Called when the configuration names another model, for which stored vectors may be stale.
    public void targetChanged() {
        if (!progress.restart()) {
            start();
        }
    }

    @Override
    public void pause() {
        progress.pause();
    }

    @Override
    public void cancel() {
        progress.cancel();
    }

    private void run() {
        try {
            do {
                pass();
            } while (progress.finishPass());
            backoff.succeeded();
            logEnd(status());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.end(State.CANCELLED, "");
        } catch (EngineException e) {
            LOG.warn("Re-embedding: stopped: {} It goes on by itself.", e.getMessage());
            backoff.failed();
            progress.end(State.FAILED, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            BackgroundHealth.report("engine-reembed", e);
            backoff.failed();
            progress.end(State.FAILED, "Re-embedding stopped unexpectedly: " + e);
        }
    }

    private static void logEnd(Status end) {
        if (end.total() > 0) {
            LOG.info("Re-embedding: ended as {}, {} of {} texts with {}", end.state(), end.done(), end.total(),
                    end.model());
        }
    }

    private void pass() throws InterruptedException {
        Map<UUID, Long> stale = store.countStale(target.names().apply(DerivedLayer.M1),
                target.names().apply(DerivedLayer.M2));
        long texts = stale.values().stream().mapToLong(Long::longValue).sum();
        progress.counted(texts);
        if (texts > 0) {
            LOG.info("Re-embedding: {} texts of {} users have vectors of another model", texts, stale.size());
        }
        for (UUID user : stale.keySet()) {
            for (DerivedLayer layer : DerivedLayer.values()) {
                convert(user, layer);
            }
        }
    }

    private void convert(UUID user, DerivedLayer layer) throws InterruptedException {
        Optional<UUID> below = Optional.empty();
        while (progress.mayContinue()) {
            String name = target.names().apply(layer);
            List<StaleVector> texts = store.stale(user, layer, name, below, PORTION);
            if (texts.isEmpty()) {
                return;
            }
            EmbeddingModel model = target.model().get();
            if (!name(model, layer).equals(name)) {
                // The configuration changed in between; the next pass starts again.
                return;
            }
            Map<UUID, float[]> vectors = embed(texts, layer, model);
            store.replace(user, layer, name, vectors);
            listener.replaced(user, layer, name, texts, vectors);
            progress.add(texts.size());
            below = Optional.of(texts.getLast().id());
        }
    }

    private static String name(EmbeddingModel model, DerivedLayer layer) {
        return switch (layer) {
            case M1 -> model.chunkName();
            case M2 -> model.name();
        };
    }

    private Map<UUID, float[]> embed(List<StaleVector> texts, DerivedLayer layer, EmbeddingModel model) {
        List<float[]> embedded = switch (layer) {
            case M1 -> pool.embedPassages(model,
                    texts.stream().map(text -> new Passage(text.before(), text.content())).toList());
            case M2 -> pool.embed(model, texts.stream().map(StaleVector::content).toList());
        };
        Map<UUID, float[]> vectors = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            vectors.put(texts.get(i).id(), embedded.get(i));
        }
        return vectors;
    }

    /// Cancels the job and waits for the current portion, at most ten seconds.
    @Override
    public void close() {
        progress.close();
    }
}
