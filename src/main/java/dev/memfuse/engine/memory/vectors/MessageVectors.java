package dev.memfuse.engine.memory.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.VectorBacklog;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.vectors.UnembeddedMessages.Portion;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Passage;
import dev.memfuse.engine.spi.MessageVectorStore;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.engine.spi.StoredRound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives every stored message its vector, in the background on one thread: user by user, in portions that are read,
/// embedded and stored, without a connection during the embedding. A message of a round that M1 builds has the vectors
/// of its chunks instead. What remains is in the rows themselves: the start counts it, so a killed process loses
/// nothing.
public final class MessageVectors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageVectors.class);
    private static final int PORTION = 32;
    /// Texts between two pauses.
    private static final int PIECE = 4;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_MILLIS = 10_000;
    private static final long OFF_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MessageVectorStore store;
    private final Settings settings;
    private final Listener listener;
    private final UnembeddedMessages messages = new UnembeddedMessages();
    private final DutyCycle duty;
    private final EmbeddingRate rate = new EmbeddingRate();
    private final Thread thread;
    private volatile boolean counting;

    /// Values that the work depends on; read before each portion.
    ///
    /// @param model the configured model; loaded when there are messages to embed
    /// @param modelName name of its vectors; loads nothing
    /// @param share permitted share of one processor, 0..1; 0 stops the work
    /// @param operations number of operations that the engine began
    /// @param away whether the database is away
    public record Settings(Supplier<EmbeddingModel> model, Supplier<String> modelName, DoubleSupplier share,
            LongSupplier operations, BooleanSupplier away) {}

    /// Receives stored vectors.
    @FunctionalInterface
    public interface Listener {
        /// Called when vectors of a user were stored.
        void embedded(UUID userId, Map<UUID, float[]> vectors, String model);
    }

    public MessageVectors(MessageVectorStore store, Settings settings, Listener listener) {
        this.store = store;
        this.settings = settings;
        this.listener = listener;
        duty = new DutyCycle(settings.share(), settings.operations());
        thread = BackgroundThreads.platform("engine-vectors").unstarted(this::run);
    }

    /// Counts what earlier processes left and starts the work.
    public void start() {
        counting = true;
        thread.start();
    }

    /// Called when another model is configured: every message needs a vector of it.
    public void modelChanged() {
        counting = true;
        messages.wake();
    }

    /// Adds stored rounds. Does not block.
    public void stored(UUID userId, List<StoredRound> rounds) {
        List<UUID> ids = new ArrayList<>();
        for (StoredRound round : rounds) {
            if (!round.layers().contains(DerivedLayer.M1)) {
                round.messages().forEach(message -> ids.add(message.id()));
            }
        }
        if (!ids.isEmpty()) {
            messages.add(userId, ids);
        }
    }

    /// Adds stored messages whose text was replaced. Does not block.
    public void replaced(UUID userId, List<UUID> messageIds) {
        messages.add(userId, messageIds);
    }

    /// Adds all messages of a user without a vector that storage has, after an import or a failure of M1.
    public void addAll(UUID userId) {
        messages.addAll(userId, 0);
    }

    /// Returns the progress.
    public VectorBacklog backlog() {
        return new VectorBacklog(messages.waiting(), rate.done(), rate.perSecond(System.nanoTime()));
    }

    private void run() {
        try {
            while (!messages.isClosed()) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        if (settings.share().getAsDouble() == 0 || settings.away().getAsBoolean()) {
            boolean _ = messages.pause(OFF_NANOS);
            return;
        }
        try {
            if (counting) {
                count();
            }
            Optional<Portion> next = messages.next(PORTION, () -> counting);
            if (next.isPresent()) {
                embedOrPutBack(next.get());
            }
        } catch (EngineException e) {
            LOG.debug("Embedding: {} The work goes on in a few seconds.", e.getMessage());
            boolean _ = messages.pause(RETRY_NANOS);
        } catch (RuntimeException | Error e) {
            BackgroundHealth.report("engine-vectors", e);
            boolean _ = messages.pause(RETRY_NANOS);
        }
    }

    private void count() {
        // Before the name of the model is read: it may change meanwhile.
        counting = false;
        Map<UUID, Long> missing;
        try {
            missing = store.countMissing(settings.modelName().get());
        } catch (Throwable e) {
            counting = true;
            throw e;
        }
        missing.forEach(messages::addAll);
        if (!missing.isEmpty()) {
            LOG.info("Embedding: {} messages of {} users have no vector yet", messages.waiting(), missing.size());
        }
    }

    private void embedOrPutBack(Portion portion) throws InterruptedException {
        boolean done = false;
        try {
            embed(portion);
            done = true;
        } finally {
            if (!done) {
                messages.failed(portion);
            }
        }
    }

    private void embed(Portion portion) throws InterruptedException {
        String name = settings.modelName().get();
        List<Unembedded> texts = portion.all()
                ? store.missing(portion.userId(), name, Optional.empty(), PORTION)
                : store.missing(portion.userId(), name, portion.ids());
        EmbeddingModel model = texts.isEmpty() ? null : settings.model().get();
        if (model != null && !model.chunkName().equals(name)) {
            // The configuration changed in between; modelChanged counts again.
            messages.done(portion, 0, false);
            return;
        }
        Map<Unembedded, float[]> vectors = new HashMap<>();
        for (int from = 0; model != null && from < texts.size(); from += PIECE) {
            long began = System.nanoTime();
            List<Unembedded> piece = texts.subList(from, Math.min(from + PIECE, texts.size()));
            List<float[]> embedded = model.embed(
                    piece.stream().map(text -> new Passage(text.before(), text.content())).toList(), model::encode);
            for (int i = 0; i < piece.size(); i++) {
                vectors.put(piece.get(i), embedded.get(i));
            }
            long now = System.nanoTime();
            if (!messages.pause(duty.pauseAfter(now - began, now))) {
                break;
            }
        }
        if (!vectors.isEmpty()) {
            listener.embedded(portion.userId(), stored(portion.userId(), name, vectors), name);
            rate.add(vectors.size(), System.nanoTime());
        }
        messages.done(portion, portion.all() ? vectors.size() : portion.ids().size(), texts.size() < PORTION);
    }

    private Map<UUID, float[]> stored(UUID userId, String model, Map<Unembedded, float[]> vectors) {
        Set<UUID> ids = store.store(userId, model, vectors);
        Map<UUID, float[]> stored = new HashMap<>();
        vectors.forEach((text, vector) -> {
            if (ids.contains(text.id())) {
                stored.put(text.id(), vector);
            }
        });
        return stored;
    }

    /// Ends the work after the current texts; waits for it, at most ten seconds.
    @Override
    public void close() {
        messages.close();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
